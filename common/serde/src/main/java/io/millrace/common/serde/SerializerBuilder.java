package io.millrace.common.serde;

import io.millrace.api.types.BasicType;
import io.millrace.api.types.CollectionType;
import io.millrace.api.types.CompositeType;
import io.millrace.api.types.CustomType;
import io.millrace.api.types.DynamicType;
import io.millrace.api.types.EnumType;
import io.millrace.api.types.MapType;
import io.millrace.api.types.ObjectArrayType;
import io.millrace.api.types.OptionalType;
import io.millrace.api.types.PrimitiveArrayType;
import io.millrace.api.types.SealedType;
import io.millrace.api.types.TypeInformation;
import io.millrace.api.types.TypeSerializer;
import io.millrace.common.serde.codegen.CompositeShape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Puts the serializer of one type together from those of its parts. Used once, by one thread. */
final class SerializerBuilder implements TypeInformation.Cases<TypeSerializer<?>> {
    private final SerializerScope scope;
    private final @Nullable DynamicSerializer dynamicRoot;

    /** The types being built, around the one at hand; with the way back once one of them occurs inside itself. */
    private final Map<TypeInformation<?>, @Nullable RecursiveSerializer> around = new HashMap<>();

    private String path = "";

    /** @param dynamicRoot serializes all dynamic parts; null if each is to have its own */
    SerializerBuilder(SerializerScope scope, @Nullable DynamicSerializer dynamicRoot) {
        this.scope = scope;
        this.dynamicRoot = dynamicRoot;
    }

    TypeSerializer<?> build(TypeInformation<?> type, String at) {
        String before = path;
        path = at;
        TypeSerializer<?> result =
                type instanceof CompositeType<?> || type instanceof SealedType<?> ? buildNamed(type) : type.match(this);
        path = before;
        return result;
    }

    @SuppressWarnings("unchecked") // each value is handed to the serializer of its own type
    private TypeSerializer<?> buildNamed(TypeInformation<?> type) {
        if (around.containsKey(type)) {
            return around.computeIfAbsent(type, t -> new RecursiveSerializer(t.isImmutableType(), path));
        }
        around.put(type, null);
        TypeSerializer<?> whole = type.match(this);
        RecursiveSerializer wayBack = around.remove(type);
        if (wayBack != null) {
            wayBack.leadTo((TypeSerializer<Object>) whole);
        }
        return whole;
    }

    @Override
    public TypeSerializer<?> basic(BasicType<?> type) {
        TypeSerializer<?> scalar = ScalarSerializers.BY_CLASS.get(type.typeClass());
        return scalar != null ? scalar : Objects.requireNonNull(TimeSerializers.BY_CLASS.get(type.typeClass()));
    }

    @Override
    public TypeSerializer<?> enumeration(EnumType<?> type) {
        return new EnumSerializer(type, path);
    }

    @Override
    public TypeSerializer<?> primitiveArray(PrimitiveArrayType<?> type) {
        return Objects.requireNonNull(PrimitiveArraySerializers.BY_CLASS.get(type.arrayClass()));
    }

    @Override
    public TypeSerializer<?> objectArray(ObjectArrayType<?> type) {
        TypeSerializer<?> element = build(type.element(), path + "[]");
        return scope.classes()
                .specialized(
                        ObjectArraySerializer.class, type, type.arrayClass().getComponentType(), element);
    }

    @Override
    public TypeSerializer<?> collection(CollectionType<?> type) {
        TypeSerializer<?> element = build(type.element(), path + "[]");
        return scope.classes().specialized(CollectionSerializer.class, type, CollectionKind.of(type), element, path);
    }

    @Override
    public TypeSerializer<?> map(MapType<?> type) {
        TypeSerializer<?> key = build(type.key(), path + "{key}");
        TypeSerializer<?> value = build(type.value(), path + "{value}");
        return scope.classes().specialized(MapSerializer.class, type, type.instanceClass(), key, value, path);
    }

    @Override
    public TypeSerializer<?> optional(OptionalType<?> type) {
        return scope.classes().specialized(OptionalSerializer.class, type, build(type.element(), path + "?"));
    }

    @Override
    public TypeSerializer<?> composite(CompositeType<?> type) {
        CompositeShape shape = CompositeShape.of(type);
        String here = path;
        List<CompositeShape.Part> parts = shape.parts();
        TypeSerializer<?>[] serializers = new TypeSerializer<?>[parts.size() + (shape.isOpen() ? 1 : 0)];
        for (int i = 0; i < parts.size(); i++) {
            serializers[i] =
                    build(parts.get(i).type(), here + "." + parts.get(i).name());
        }
        if (shape.isOpen()) {
            serializers[parts.size()] = subclasses(type.getTypeClass());
        }
        return scope.classes().serializer(shape, serializers);
    }

    /** What writes values of subclasses. Every value names its class, so nothing has to be known of the ones before. */
    private DynamicSerializer subclasses(Class<?> parent) {
        if (dynamicRoot != null) {
            return dynamicRoot;
        }
        SerializerScope selfContained = new SerializerScope(scope.classes(), scope.userLoader(), true);
        return new DynamicSerializer(selfContained, parent, path);
    }

    @Override
    public TypeSerializer<?> sealed(SealedType<?> type) {
        List<TypeInformation<?>> members = type.members();
        Class<?>[] classes = new Class<?>[members.size()];
        TypeSerializer<?>[] serializers = new TypeSerializer<?>[members.size()];
        String here = path;
        for (int i = 0; i < classes.length; i++) {
            classes[i] = members.get(i).getTypeClass();
            serializers[i] = build(members.get(i), here + "|" + members.get(i).describe());
        }
        return new SealedSerializer(classes, serializers, type.isImmutableType(), path);
    }

    @Override
    public TypeSerializer<?> dynamic(DynamicType<?> type) {
        return dynamicRoot != null ? dynamicRoot : new DynamicSerializer(scope, type.bound(), path);
    }

    @Override
    public TypeSerializer<?> custom(CustomType<?> type) {
        try {
            return type.serializerClass().getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw ValueRefusals.customSerializer(type.serializerClass(), path, e);
        }
    }
}

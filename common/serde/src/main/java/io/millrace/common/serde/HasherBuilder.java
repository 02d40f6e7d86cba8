package io.millrace.common.serde;

import io.millrace.api.types.BasicType;
import io.millrace.api.types.CollectionType;
import io.millrace.api.types.CompositeType;
import io.millrace.api.types.CustomType;
import io.millrace.api.types.DynamicType;
import io.millrace.api.types.EnumType;
import io.millrace.api.types.KeyHasher;
import io.millrace.api.types.MapType;
import io.millrace.api.types.ObjectArrayType;
import io.millrace.api.types.OptionalType;
import io.millrace.api.types.PrimitiveArrayType;
import io.millrace.api.types.SealedType;
import io.millrace.api.types.TypeErrors;
import io.millrace.api.types.TypeInformation;
import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.error.Problem;
import io.millrace.common.serde.codegen.CompositeShape;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts the hasher of a key type together from those of its parts. Used once, by one thread. */
final class HasherBuilder implements TypeInformation.Cases<KeyHasher<?>> {
    private final GeneratedClasses classes;
    private final @Nullable DynamicHasher dynamicRoot;
    private final Set<TypeInformation<?>> around = new HashSet<>();
    private String path = "";

    HasherBuilder(GeneratedClasses classes, @Nullable DynamicHasher dynamicRoot) {
        this.classes = classes;
        this.dynamicRoot = dynamicRoot;
    }

    KeyHasher<?> build(TypeInformation<?> type, String at) {
        String before = path;
        path = at;
        boolean named = type instanceof CompositeType<?> || type instanceof SealedType<?>;
        if (named && !around.add(type)) {
            throw notAKey(type, "It contains itself, so its depth is not known");
        }
        KeyHasher<?> result = type.match(this);
        if (named) {
            around.remove(type);
        }
        path = before;
        return result;
    }

    @Override
    public KeyHasher<?> basic(BasicType<?> type) {
        if (type.typeClass() == Void.class) {
            throw notAKey(type, "It has no values");
        }
        return Objects.requireNonNull(ScalarHashers.BY_CLASS.get(type.typeClass()));
    }

    @Override
    public KeyHasher<?> enumeration(EnumType<?> type) {
        return new EnumHasher(type);
    }

    @Override
    public KeyHasher<?> primitiveArray(PrimitiveArrayType<?> type) {
        return Objects.requireNonNull(PrimitiveArrayHashers.BY_CLASS.get(type.arrayClass()));
    }

    @Override
    public KeyHasher<?> objectArray(ObjectArrayType<?> type) {
        return new ArrayHasher(element(type.element()));
    }

    @Override
    public KeyHasher<?> collection(CollectionType<?> type) {
        if (!List.class.isAssignableFrom(type.declaredClass())) {
            throw notAKey(type, "Equality by content needs an order of the elements");
        }
        return new ListHasher(element(type.element()));
    }

    @Override
    public KeyHasher<?> map(MapType<?> type) {
        throw notAKey(type, "Equality by content needs an order of the entries");
    }

    @Override
    public KeyHasher<?> optional(OptionalType<?> type) {
        return new OptionalHasher(part(type.element(), path + "?"));
    }

    @Override
    public KeyHasher<?> composite(CompositeType<?> type) {
        CompositeShape shape = CompositeShape.of(type);
        String here = path;
        KeyHasher<?>[] parts = shape.parts().stream()
                .map(part -> build(part.type(), here + "." + part.name()))
                .toArray(KeyHasher<?>[]::new);
        return classes.hasher(shape, parts);
    }

    @Override
    public KeyHasher<?> sealed(SealedType<?> type) {
        List<TypeInformation<?>> members = type.members();
        String here = path;
        return new SealedHasher(
                members.stream().<Class<?>>map(TypeInformation::getTypeClass).toList(),
                members.stream()
                        .map(member -> part(member, here + "|" + member.describe()))
                        .toList(),
                path);
    }

    @Override
    public KeyHasher<?> dynamic(DynamicType<?> type) {
        return dynamicRoot != null ? dynamicRoot : new DynamicHasher(classes, path);
    }

    @Override
    public KeyHasher<?> custom(CustomType<?> type) {
        throw notAKey(type, "What makes two of its values equal is only known to its serializer");
    }

    private KeyHasher<Object> element(TypeInformation<?> type) {
        return part(type, path + "[]");
    }

    @SuppressWarnings("unchecked") // each value is handed to the hasher of its own type
    private KeyHasher<Object> part(TypeInformation<?> type, String at) {
        return (KeyHasher<Object>) build(type, at);
    }

    private MillraceException notAKey(TypeInformation<?> type, String why) {
        return Problem.of(TypeErrors.TYPE_NOT_A_KEY, type.describe() + " cannot be a key")
                .at(path)
                .because(why)
                .fix("Key by a string, a number, an enum, a java.time value, a list, or a record or tuple of such")
                .asException();
    }
}

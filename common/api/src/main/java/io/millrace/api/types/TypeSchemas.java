package io.millrace.api.types;

import io.millrace.common.graph.schema.Definition;
import io.millrace.common.graph.schema.Definition.Composite;
import io.millrace.common.graph.schema.Definition.Enumeration;
import io.millrace.common.graph.schema.Definition.Field;
import io.millrace.common.graph.schema.Definition.Form;
import io.millrace.common.graph.schema.Definition.Union;
import io.millrace.common.graph.schema.StateDescription;
import io.millrace.common.graph.schema.TypeSchema;
import io.millrace.common.graph.schema.TypeSchema.Basic;
import io.millrace.common.graph.schema.TypeSchema.Custom;
import io.millrace.common.graph.schema.TypeSchema.Dynamic;
import io.millrace.common.graph.schema.TypeSchema.Maybe;
import io.millrace.common.graph.schema.TypeSchema.Named;
import io.millrace.common.graph.schema.TypeSchema.Primitives;
import io.millrace.common.graph.schema.TypeSchema.Sequence;
import io.millrace.common.graph.schema.TypeSchema.Table;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Says of types how their values are written, in a form that is stored with them and outlives their classes. */
public final class TypeSchemas implements TypeInformation.Cases<TypeSchema> {
    private final Map<TypeInformation<?>, Named> named = new HashMap<>();
    private final List<@Nullable Definition> definitions = new ArrayList<>();

    private TypeSchemas() {}

    /**
     * @param text the state for people, one line
     * @param kind of the state, see {@link StateDescription#kind}
     * @param types what it is made of
     */
    public static StateDescription describe(String text, String kind, List<TypeInformation<?>> types) {
        TypeSchemas reading = new TypeSchemas();
        List<TypeSchema> schemas =
                types.stream().map(type -> type.match(reading)).toList();
        List<Definition> complete =
                reading.definitions.stream().map(Objects::requireNonNull).toList();
        return new StateDescription(text, kind, schemas, complete);
    }

    @Override
    public TypeSchema basic(BasicType<?> type) {
        return new Basic(type.typeClass().getSimpleName());
    }

    @Override
    public TypeSchema enumeration(EnumType<?> type) {
        List<String> constants = Arrays.stream(type.enumClass().getEnumConstants())
                .map(constant -> ((Enum<?>) constant).name())
                .toList();
        return define(type, () -> new Enumeration(type.enumClass().getName(), constants));
    }

    @Override
    public TypeSchema primitiveArray(PrimitiveArrayType<?> type) {
        return new Primitives(type.arrayClass().getComponentType().getName());
    }

    @Override
    public TypeSchema objectArray(ObjectArrayType<?> type) {
        return new Sequence(Sequence.ARRAY, type.element().match(this));
    }

    @Override
    public TypeSchema collection(CollectionType<?> type) {
        return new Sequence(type.declaredClass().getName(), type.element().match(this));
    }

    @Override
    public TypeSchema map(MapType<?> type) {
        TypeSchema key = type.key().match(this);
        return new Table(type.declaredClass().getName(), key, type.value().match(this));
    }

    @Override
    public TypeSchema optional(OptionalType<?> type) {
        return new Maybe(type.element().match(this));
    }

    @Override
    public TypeSchema composite(CompositeType<?> type) {
        return define(type, () -> {
            List<Field> fields = new ArrayList<>();
            for (FieldType field : type.fields()) {
                fields.add(new Field(
                        field.name(), field.isPrimitive(), field.type().match(this)));
            }
            Class<?> owner = type.getTypeClass();
            boolean open = type instanceof PojoType<?> && !Modifier.isFinal(owner.getModifiers());
            return new Composite(form(type), owner.getName(), open, fields);
        });
    }

    private static Form form(CompositeType<?> type) {
        if (type instanceof RecordType<?>) {
            return Form.RECORD;
        }
        return type instanceof TupleType<?> ? Form.TUPLE : Form.CLASS;
    }

    @Override
    public TypeSchema sealed(SealedType<?> type) {
        return define(
                type,
                () -> new Union(
                        type.sealedClass().getName(),
                        type.members().stream()
                                .map(member -> member.match(this))
                                .toList()));
    }

    @Override
    public TypeSchema dynamic(DynamicType<?> type) {
        return new Dynamic(type.bound().getName());
    }

    @Override
    public TypeSchema custom(CustomType<?> type) {
        return new Custom(type.typeClass().getName(), type.serializerClass().getName());
    }

    /** Takes the place of the definition first: it may contain itself. */
    private Named define(TypeInformation<?> type, Supplier<Definition> definition) {
        Named known = named.get(type);
        if (known != null) {
            return known;
        }
        Named fresh = new Named(definitions.size());
        named.put(type, fresh);
        definitions.add(null);
        definitions.set(fresh.definition(), definition.get());
        return fresh;
    }
}

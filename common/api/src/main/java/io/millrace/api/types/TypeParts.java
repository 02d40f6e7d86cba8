package io.millrace.api.types;

import java.util.List;

/**
 * The types directly inside a type, each with its path.
 *
 * @param path where the outer type stands
 */
record TypeParts(String path) implements TypeInformation.Cases<List<TypeParts.Part>> {

    /** A type inside another one. */
    record Part(String path, TypeInformation<?> type) {}

    static List<Part> of(TypeInformation<?> type, String path) {
        return type.match(new TypeParts(path));
    }

    @Override
    public List<Part> basic(BasicType<?> type) {
        return List.of();
    }

    @Override
    public List<Part> enumeration(EnumType<?> type) {
        return List.of();
    }

    @Override
    public List<Part> primitiveArray(PrimitiveArrayType<?> type) {
        return List.of();
    }

    @Override
    public List<Part> objectArray(ObjectArrayType<?> type) {
        return List.of(new Part(path + "[]", type.element()));
    }

    @Override
    public List<Part> collection(CollectionType<?> type) {
        return List.of(new Part(path + "[]", type.element()));
    }

    @Override
    public List<Part> map(MapType<?> type) {
        return List.of(new Part(path + "{key}", type.key()), new Part(path + "{value}", type.value()));
    }

    @Override
    public List<Part> optional(OptionalType<?> type) {
        return List.of(new Part(path + "?", type.element()));
    }

    @Override
    public List<Part> composite(CompositeType<?> type) {
        List<FieldType> fields = type instanceof PojoType<?> pojo ? FieldReading.ofPojo(pojo, path) : type.fields();
        return fields.stream()
                .map(field -> new Part(path + "." + field.name(), field.type()))
                .toList();
    }

    @Override
    public List<Part> sealed(SealedType<?> type) {
        return type.members().stream()
                .map(member -> new Part(path + "|" + member.describe(), member))
                .toList();
    }

    @Override
    public List<Part> dynamic(DynamicType<?> type) {
        return List.of();
    }

    @Override
    public List<Part> custom(CustomType<?> type) {
        return List.of();
    }
}

package io.millrace.common.serde;

import io.millrace.api.types.BasicType;
import io.millrace.api.types.BinaryWriter;
import io.millrace.api.types.TypeSerializer;
import io.millrace.common.graph.schema.TypeSchema;
import io.millrace.common.graph.schema.TypeSchema.Basic;
import io.millrace.common.graph.schema.TypeSchema.Primitives;
import java.util.Map;
import java.util.Objects;

/** Values with serializers written by hand: as they are, or widened. */
final class BasicRewriters {
    private static final Map<String, Object> ZEROS = Map.of(
            "Boolean",
            false,
            "Byte",
            (byte) 0,
            "Short",
            (short) 0,
            "Character",
            '\0',
            "Integer",
            0,
            "Long",
            0L,
            "Float",
            0f,
            "Double",
            0d);

    private BasicRewriters() {}

    static Rewriter of(Basic was, Basic is) {
        TypeSerializer<Object> reading = serializer(was.name());
        if (was.equals(is)) {
            return copying(reading);
        }
        TypeSerializer<Object> writing = serializer(is.name());
        return (in, out) -> writing.serialize(widened(reading.deserialize(in), is.name()), out);
    }

    static Rewriter of(Primitives type) {
        for (Map.Entry<Class<?>, TypeSerializer<?>> each : PrimitiveArraySerializers.BY_CLASS.entrySet()) {
            if (each.getKey().getComponentType().getName().equals(type.element())) {
                return copying(each.getValue());
            }
        }
        throw new IllegalArgumentException("There are no arrays of " + type.element());
    }

    @SuppressWarnings("unchecked") // writes what it read
    static Rewriter copying(TypeSerializer<?> serializer) {
        TypeSerializer<Object> same = (TypeSerializer<Object>) serializer;
        return (in, out) -> same.serialize(same.deserialize(in), out);
    }

    /** What a primitive field has that was not written. */
    static void writeZero(TypeSchema type, BinaryWriter out) {
        String name = ((Basic) type).name();
        serializer(name).serialize(Objects.requireNonNull(ZEROS.get(name)), out);
    }

    private static Object widened(Object value, String to) {
        Number number = value instanceof Character character ? (Number) (int) character : (Number) value;
        return switch (to) {
            case "Short" -> number.shortValue();
            case "Integer" -> number.intValue();
            case "Long" -> number.longValue();
            case "Float" -> number.floatValue();
            case "Double" -> number.doubleValue();
            default -> throw new IllegalArgumentException("Nothing widens to " + to);
        };
    }

    @SuppressWarnings("unchecked") // is given values of its own class
    private static TypeSerializer<Object> serializer(String name) {
        for (Class<?> type : BasicType.classes()) {
            if (type.getSimpleName().equals(name)) {
                TypeSerializer<?> scalar = ScalarSerializers.BY_CLASS.get(type);
                return (TypeSerializer<Object>)
                        (scalar != null ? scalar : Objects.requireNonNull(TimeSerializers.BY_CLASS.get(type)));
            }
        }
        throw new IllegalArgumentException(name + " is no basic type of this version");
    }
}

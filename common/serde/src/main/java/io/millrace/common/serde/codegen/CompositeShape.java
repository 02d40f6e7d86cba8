package io.millrace.common.serde.codegen;

import io.millrace.api.types.BasicType;
import io.millrace.api.types.CompositeType;
import io.millrace.api.types.FieldType;
import io.millrace.api.types.PojoType;
import io.millrace.api.types.RecordType;
import io.millrace.api.types.TypeInformation;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record, class or tuple as code is generated for it.
 *
 * @param isOpen whether values may be of a subclass
 */
public record CompositeShape(CompositeType<?> type, List<Slot> slots, boolean isOpen) {

    /**
     * A field.
     *
     * @param scalar how it is written if that needs no serializer of its own
     * @param part its number among the parts; -1 for a scalar
     * @param nullBit its number among the fields that can be null; -1 for a primitive
     */
    record Slot(FieldType field, @Nullable Scalar scalar, int part, int nullBit) {

        boolean isPrimitive() {
            return nullBit < 0;
        }

        boolean isShared() {
            return scalar != null || field.type().isImmutableType();
        }
    }

    /** A field with a serializer of its own. */
    public record Part(String name, TypeInformation<?> type) {}

    public CompositeShape {
        slots = List.copyOf(slots);
    }

    public static CompositeShape of(CompositeType<?> type) {
        List<Slot> slots = new ArrayList<>();
        int parts = 0;
        int nullable = 0;
        for (FieldType field : type.fields()) {
            Scalar scalar = field.type() instanceof BasicType<?> basic ? Scalar.of(basic.typeClass()) : null;
            slots.add(new Slot(field, scalar, scalar == null ? parts++ : -1, field.isPrimitive() ? -1 : nullable++));
        }
        boolean open = type instanceof PojoType<?>
                && !Modifier.isFinal(type.getTypeClass().getModifiers());
        return new CompositeShape(type, slots, open);
    }

    /** The fields that need a serializer or hasher of their own, in the order of its constructor's array. */
    public List<Part> parts() {
        return slots.stream()
                .filter(slot -> slot.part() >= 0)
                .map(slot -> new Part(slot.field().name(), slot.field().type()))
                .toList();
    }

    public Class<?> owner() {
        return type.getTypeClass();
    }

    boolean isRecord() {
        return type instanceof RecordType<?>;
    }

    /** How many bytes of null bits stand in front of a value. */
    int nullBytes() {
        int nullable = (int) slots.stream().filter(slot -> !slot.isPrimitive()).count();
        return (nullable + 7) / 8;
    }

    List<Slot> nullableSlots(int nullByte) {
        return slots.stream()
                .filter(slot -> slot.nullBit() >= 0 && slot.nullBit() / 8 == nullByte)
                .toList();
    }
}

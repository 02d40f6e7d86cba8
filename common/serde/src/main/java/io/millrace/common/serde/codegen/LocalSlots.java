package io.millrace.common.serde.codegen;

import io.millrace.common.serde.codegen.CompositeShape.Slot;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.objectweb.asm.Type;

/** Numbers the local variables of a generated method. */
final class LocalSlots {
    private final Map<Slot, Integer> bySlot = new HashMap<>();
    private int next;

    LocalSlots(int first) {
        this.next = first;
    }

    int take(Type type) {
        int local = next;
        next += type.getSize();
        return local;
    }

    int take(Slot slot, Type type) {
        int local = take(type);
        bySlot.put(slot, local);
        return local;
    }

    int of(Slot slot) {
        return Objects.requireNonNull(bySlot.get(slot), slot.field()::name);
    }
}

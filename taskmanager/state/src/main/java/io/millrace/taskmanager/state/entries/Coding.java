package io.millrace.taskmanager.state.entries;

import io.millrace.api.types.TypeSerializer;
import io.millrace.api.types.ValueReader;
import java.util.ArrayList;
import java.util.List;

/**
 * How values of a state are written, and how those are read that a snapshot has.
 *
 * @param restored reads what an older schema wrote, too
 */
public record Coding<V>(TypeSerializer<V> serializer, ValueReader<V> restored) {

    /** The same for lists of them. */
    public Coding<List<V>> elements() {
        return new Coding<>(new ElementsSerializer<>(serializer), in -> {
            int size = in.readVarInt();
            List<V> value = new ArrayList<>(Math.min(size, in.remaining()));
            for (int i = 0; i < size; i++) {
                value.add(restored.read(in));
            }
            return value;
        });
    }
}

package io.millrace.taskmanager.state.heap;

import io.millrace.api.state.State;
import io.millrace.api.types.BinaryReader;
import io.millrace.api.types.BinaryWriter;
import io.millrace.api.types.TypeSerializer;
import io.millrace.api.types.ValueReader;
import io.millrace.taskmanager.state.entries.BlockHeader;
import io.millrace.taskmanager.state.entries.Coding;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A column of the operator's key table, read and written at the current key. */
abstract class HeapState<K, V> implements State, TrackedState {
    private final HeapKeyTable<K> table;
    private final Column<V> column;
    private final TypeSerializer<V> serializer;
    private final ValueReader<V> restored;
    private final boolean immutable;
    private @Nullable TableTracker tracker;

    HeapState(HeapKeyTable<K> table, Column<V> column, Coding<V> coding) {
        this.table = table;
        this.column = column;
        this.serializer = coding.serializer();
        this.restored = coding.restored();
        this.immutable = serializer.isImmutableType();
    }

    final @Nullable V stored() {
        int entry = table.entry();
        if (entry < 0) {
            return null;
        }
        if (tracker != null && !immutable) {
            tracker.beforeHandOut(entry);
        }
        return column.get(entry);
    }

    final void store(V value) {
        int entry = table.entryForWrite();
        if (tracker != null) {
            tracker.beforeChange(entry);
        }
        if (column.set(entry, value)) {
            table.retain(entry);
        }
    }

    @Override
    public final void clear() {
        int entry = table.entry();
        if (entry >= 0 && column.has(entry)) {
            if (tracker != null) {
                tracker.beforeRemoval(entry);
            }
            column.clear(entry);
            table.release(entry);
        }
    }

    @Override
    public final void addTrackers(TableName name, Consumer<TableTracker> trackers) {
        if (tracker == null) {
            tracker = new TableTracker(name, 0, new ColumnEntries());
        }
        trackers.accept(tracker);
    }

    @Override
    public final void restoreEntry(BlockHeader header, BinaryReader in, boolean taken) {
        if (!header.removals()) {
            V value = restored.read(in);
            if (taken) {
                store(value);
            }
        } else if (taken) {
            clear();
        }
    }

    private final class ColumnEntries implements TrackedEntries {
        @Override
        public int limit() {
            return table.limit();
        }

        @Override
        public boolean isPresent(int entry) {
            return column.has(entry);
        }

        @Override
        public void write(int entry, BinaryWriter out) {
            V value = column.get(entry);
            table.writeKey(entry, out);
            serializer.serialize(java.util.Objects.requireNonNull(value), out);
        }

        @Override
        public void writeKey(int entry, BinaryWriter out) {
            table.writeKey(entry, out);
        }
    }
}

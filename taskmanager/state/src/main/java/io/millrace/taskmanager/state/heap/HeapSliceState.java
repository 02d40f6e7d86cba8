package io.millrace.taskmanager.state.heap;

import io.millrace.api.types.BinaryReader;
import io.millrace.api.types.BinaryWriter;
import io.millrace.api.types.KeyHasher;
import io.millrace.api.types.TypeSerializer;
import io.millrace.api.types.ValueReader;
import io.millrace.common.core.error.Check;
import io.millrace.taskmanager.state.SliceState;
import io.millrace.taskmanager.state.entries.BlockHeader;
import io.millrace.taskmanager.state.entries.Coding;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A table of keys per slice, so that a firing goes through one table and dropping a slice drops it whole. */
final class HeapSliceState<K, A> implements SliceState<A>, TrackedState {
    private final HeapKeyTable<K> current;
    private final Class<K> keyClass;
    private final KeyHasher<K> hasher;
    private final TypeSerializer<K> keySerializer;
    private final TypeSerializer<A> serializer;
    private final ValueReader<A> restored;
    private final TreeMap<Long, Slice<K, A>> slices = new TreeMap<>();

    /** The slice and entry touched last: {@link #put} follows {@link #get} at the same place as a rule. */
    private @Nullable Slice<K, A> recent;

    private int expectedKeys;

    HeapSliceState(
            HeapKeyTable<K> current,
            Class<K> keyClass,
            KeyHasher<K> hasher,
            TypeSerializer<K> keySerializer,
            Coding<A> coding) {
        this.current = current;
        this.serializer = coding.serializer();
        this.restored = coding.restored();
        this.keyClass = keyClass;
        this.hasher = hasher;
        this.keySerializer = keySerializer;
    }

    private static final class Slice<K, A> {
        final long end;
        final KeyIndex<K> keys;
        final ObjectColumn<A> accumulators = new ObjectColumn<>();

        @Nullable
        TableTracker tracker;

        Slice(long end, KeyIndex<K> keys) {
            this.end = end;
            this.keys = keys;
        }
    }

    private @Nullable Slice<K, A> find(long sliceEnd) {
        Slice<K, A> slice = recent;
        if (slice == null || slice.end != sliceEnd) {
            slice = slices.get(sliceEnd);
            if (slice != null) {
                recent = slice;
            }
        }
        return slice;
    }

    @Override
    public @Nullable A get(long sliceEnd) {
        Slice<K, A> slice = find(sliceEnd);
        if (slice == null) {
            return null;
        }
        int entry = slice.keys.find(current.currentKey(), current.currentHash());
        return entry < 0 ? null : handOut(slice, entry);
    }

    private @Nullable A handOut(Slice<K, A> slice, int entry) {
        if (slice.tracker != null) {
            slice.tracker.beforeHandOut(entry);
        }
        return slice.accumulators.get(entry);
    }

    @Override
    public void put(long sliceEnd, A accumulator) {
        Slice<K, A> slice = find(sliceEnd);
        if (slice == null) {
            slice = new Slice<>(sliceEnd, HeapKeyTable.newIndex(keyClass, hasher, expectedKeys));
            slices.put(sliceEnd, slice);
            recent = slice;
        }
        K key = current.currentKey();
        int entry = slice.keys.find(key, current.currentHash());
        if (entry < 0) {
            entry = slice.keys.insert(keySerializer.copy(key), current.currentHash());
        }
        if (slice.tracker != null) {
            slice.tracker.beforeChange(entry);
        }
        slice.accumulators.set(entry, accumulator);
    }

    @Override
    public long firstSlice() {
        return slices.isEmpty() ? Long.MAX_VALUE : slices.firstKey();
    }

    @Override
    public long sliceAfter(long sliceEnd) {
        Long next = slices.higherKey(sliceEnd);
        return next == null ? Long.MAX_VALUE : next;
    }

    @Override
    public Cursor<A> cursor(long sliceEnd) {
        Slice<K, A> slice = find(sliceEnd);
        Check.invariant(slice != null, "a cursor is opened on a slice that is there");
        return new SliceCursor(slice);
    }

    @Override
    public void drop(long sliceEnd) {
        Slice<K, A> dropped = slices.remove(sliceEnd);
        if (dropped != null) {
            expectedKeys = dropped.keys.size();
            recent = null;
        }
    }

    @Override
    public void addTrackers(TableName name, Consumer<TableTracker> trackers) {
        for (Slice<K, A> slice : slices.values()) {
            TableTracker tracker = slice.tracker;
            if (tracker == null) {
                tracker = new TableTracker(name, slice.end, new SliceEntries(slice));
                slice.tracker = tracker;
            }
            trackers.accept(tracker);
        }
    }

    @Override
    public void restoreEntry(BlockHeader header, BinaryReader in, boolean taken) {
        A accumulator = restored.read(in);
        if (taken) {
            put(header.slice(), accumulator);
        }
    }

    /** One slice as snapshots see it. It goes as a whole, and then with all its parts. */
    private final class SliceEntries implements TrackedEntries {
        private final Slice<K, A> slice;

        SliceEntries(Slice<K, A> slice) {
            this.slice = slice;
        }

        @Override
        public int limit() {
            return slice.keys.entryLimit();
        }

        @Override
        public boolean isPresent(int entry) {
            return slice.accumulators.has(entry);
        }

        @Override
        public void write(int entry, BinaryWriter out) {
            writeKey(entry, out);
            serializer.serialize(java.util.Objects.requireNonNull(slice.accumulators.get(entry)), out);
        }

        @Override
        public void writeKey(int entry, BinaryWriter out) {
            keySerializer.serialize(slice.keys.key(entry), out);
        }
    }

    /**
     * Goes through a slice's entries by number. Keys of a slice are never removed one by one, so numbers have no holes.
     */
    private final class SliceCursor implements Cursor<A> {
        private final Slice<K, A> slice;
        private int at = -1;

        SliceCursor(Slice<K, A> slice) {
            this.slice = slice;
        }

        @Override
        public boolean next() {
            if (at + 1 >= slice.keys.entryLimit()) {
                return false;
            }
            at++;
            current.setCurrentKey(slice.keys.key(at));
            return true;
        }

        @Override
        public A accumulator() {
            return java.util.Objects.requireNonNull(handOut(slice, at));
        }
    }
}

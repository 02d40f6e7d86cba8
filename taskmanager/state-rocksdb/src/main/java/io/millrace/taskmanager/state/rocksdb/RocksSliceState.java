package io.millrace.taskmanager.state.rocksdb;

import io.millrace.api.types.BinaryReader;
import io.millrace.api.types.BinaryWriter;
import io.millrace.api.types.ValueReader;
import io.millrace.common.core.error.Check;
import io.millrace.taskmanager.state.SliceState;
import io.millrace.taskmanager.state.entries.BlockHeader;
import io.millrace.taskmanager.state.entries.Coding;
import io.millrace.taskmanager.state.entries.RestoredEntries;
import java.util.Arrays;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A cell per slice and key. In the database a slice lies in one piece, so that a firing reads it in order and dropping
 * it is one deletion. The cached cells of a slice form a ring.
 */
final class RocksSliceState<K, A> implements SliceState<A>, RestoredEntries {
    private final KeyCursor<K> cursor;
    private final CellCache<K> cache;
    private final CellTable table;
    private final ValueReader<A> restored;
    /** The slices that there are, each with the head of its ring. */
    private final TreeMap<Long, Integer> heads = new TreeMap<>();

    private long recentSlice;
    private int recent = Cells.NONE;
    private long recentKey = -1;
    private long recentEvictions;

    RocksSliceState(KeyCursor<K> cursor, CellCache<K> cache, int number, Coding<A> coding) {
        this.cursor = cursor;
        this.cache = cache;
        this.table = new CellTable(number, Layout.SLICED, coding.serializer(), null);
        this.restored = coding.restored();
    }

    /** Learns what slices the database has. */
    void findSlices(Database database) {
        byte[] prefix = Arrays.copyOf(prefix(0), Layout.TABLE_BYTES);
        try (Scan scan = database.scan(prefix, prefix.length)) {
            while (scan.next()) {
                long end = Layout.time(scan.key());
                heads.computeIfAbsent(end, absent -> cache.cells().newHead(table));
                if (end == Long.MAX_VALUE) {
                    return;
                }
                scan.seek(prefix(end + 1));
            }
        }
    }

    private byte[] prefix(long end) {
        BinaryWriter out = new BinaryWriter(16);
        Layout.writeShort(out, table.number());
        Layout.writeTime(out, end);
        return Arrays.copyOf(out.bytes(), out.position());
    }

    private boolean knowsCell(long slice) {
        return recentKey == cursor.changes() && recentSlice == slice && recentEvictions == cache.evictions();
    }

    private int remember(long slice, int head, int cell) {
        if (cache.cells().isAlone(cell)) {
            cache.cells().link(head, cell);
        }
        recentSlice = slice;
        recent = cell;
        recentKey = cursor.changes();
        recentEvictions = cache.evictions();
        return cell;
    }

    @Override
    @SuppressWarnings("unchecked")
    public @Nullable A get(long sliceEnd) {
        if (!knowsCell(sliceEnd)) {
            Integer head = heads.get(sliceEnd);
            if (head == null) {
                return null;
            }
            remember(sliceEnd, head, cache.load(table, sliceEnd));
        }
        Object value = cache.get(recent);
        return value == CellCache.ABSENT ? null : (A) value;
    }

    @Override
    public void put(long sliceEnd, A accumulator) {
        if (!knowsCell(sliceEnd)) {
            int head = heads.computeIfAbsent(sliceEnd, absent -> cache.cells().newHead(table));
            remember(sliceEnd, head, cache.forWrite(table, sliceEnd));
        }
        cache.set(recent, accumulator);
    }

    @Override
    public long firstSlice() {
        return heads.isEmpty() ? Long.MAX_VALUE : heads.firstKey();
    }

    @Override
    public long sliceAfter(long sliceEnd) {
        Long next = heads.higherKey(sliceEnd);
        return next == null ? Long.MAX_VALUE : next;
    }

    /** The database is told what the cache has of the slice, and then gone through. */
    @Override
    public Cursor<A> cursor(long sliceEnd) {
        Integer head = heads.get(sliceEnd);
        Check.invariant(head != null, "a cursor is opened on a slice that is there");
        cache.settle();
        Cells<K> cells = cache.cells();
        for (int cell = cells.next(head); cell != head; cell = cells.next(cell)) {
            cache.flush(cell);
        }
        return new SliceCursor(sliceEnd, cache.scan(prefix(sliceEnd)));
    }

    @Override
    public void drop(long sliceEnd) {
        Integer head = heads.remove(sliceEnd);
        if (head == null) {
            return;
        }
        cache.settle();
        Cells<K> cells = cache.cells();
        for (int cell = cells.next(head); cell != head; cell = cells.next(head)) {
            cache.forget(cell);
        }
        cells.freeHead(head);
        byte[] from = prefix(sliceEnd);
        cache.batch().deleteRange(from, after(from));
        cache.commit();
    }

    /** The smallest key above all that begin with a prefix. */
    private static byte[] after(byte[] prefix) {
        byte[] next = prefix.clone();
        for (int i = next.length - 1; i >= 0; i--) {
            if (++next[i] != 0) {
                return Arrays.copyOf(next, i + 1);
            }
        }
        throw new IllegalStateException("a table's number is not the last one");
    }

    @Override
    public void restoreEntry(BlockHeader header, BinaryReader in, boolean taken) {
        A accumulator = restored.read(in);
        if (taken) {
            put(header.slice(), accumulator);
        }
    }

    /** Goes through a slice by key groups. The scan sees the slice as it was when the cursor was opened. */
    private final class SliceCursor implements Cursor<A> {
        private final long slice;
        private final Scan scan;
        private final BinaryReader in = new BinaryReader();

        SliceCursor(long slice, Scan scan) {
            this.slice = slice;
            this.scan = scan;
        }

        @Override
        public boolean next() {
            if (!scan.next()) {
                return false;
            }
            byte[] key = scan.key();
            int header = Layout.SLICED.headerBytes();
            in.reset(key, header, key.length - header);
            cursor.readCurrentKey(in);
            return true;
        }

        @Override
        @SuppressWarnings("unchecked")
        public A accumulator() {
            int cell = cache.find(table, slice);
            if (cell != Cells.NONE && cache.get(cell) != CellCache.ABSENT) {
                return (A) Objects.requireNonNull(cache.get(cell));
            }
            byte[] value = scan.value();
            in.reset(value, 0, value.length);
            return (A) Objects.requireNonNull(table.readValue(in));
        }
    }
}

package io.millrace.taskmanager.state.rocksdb;

import io.millrace.api.types.BinaryReader;
import io.millrace.api.types.BinaryWriter;
import io.millrace.taskmanager.state.TimerQueue;
import io.millrace.taskmanager.state.entries.BlockHeader;
import io.millrace.taskmanager.state.entries.RestoredEntries;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Timers in the database, in order of time, key group and key; the earliest of them, all below a bound, in memory. A
 * timer that fires before the next barrier never reaches the database. What the database is to be told while a
 * barrier's flush is under way waits for its end.
 */
final class RocksTimerQueue<K> implements TimerQueue, RestoredEntries {
    private static final int MOST_IN_MEMORY = 16 * 1024;
    private static final byte[] NOTHING = new byte[0];

    /** A timer in memory. */
    private static final class Timer<K> {
        final K key;
        boolean stored;

        Timer(K key, boolean stored) {
            this.key = key;
            this.stored = stored;
        }
    }

    private final KeyCursor<K> cursor;
    private final CellCache<K> cache;
    private final Database database;
    private final int number;
    private final BinaryWriter out = new BinaryWriter(64);
    private final BinaryReader in = new BinaryReader();

    /** By what their keys in the database are. */
    private final TreeMap<byte[], Timer<K>> head = new TreeMap<>(Arrays::compareUnsigned);
    /** Every timer below is in memory; null if all are. */
    private byte @Nullable [] bound;
    /** What the database still has and must not. */
    private final List<byte[]> gone = new ArrayList<>();

    private int size;
    private long firedTime = Long.MIN_VALUE;

    RocksTimerQueue(KeyCursor<K> cursor, CellCache<K> cache, Database database, int number) {
        this.cursor = cursor;
        this.cache = cache;
        this.database = database;
        this.number = number;
    }

    /** The database has timers: so many. */
    void takeStored(int stored) {
        if (stored > 0) {
            size = stored;
            bound = prefix();
        }
    }

    private byte[] prefix() {
        out.setPosition(0);
        Layout.writeShort(out, number);
        return Arrays.copyOf(out.bytes(), out.position());
    }

    private byte[] keyOf(long time) {
        out.setPosition(0);
        Layout.writeShort(out, number);
        Layout.writeTime(out, time);
        Layout.writeShort(out, cursor.group(cursor.currentHash()));
        cursor.serializer().serialize(cursor.key(), out);
        return Arrays.copyOf(out.bytes(), out.position());
    }

    private boolean isInMemory(byte[] key) {
        return bound == null || Arrays.compareUnsigned(key, bound) < 0;
    }

    private boolean isStored(byte[] key) {
        tellAll();
        return database.get(key, key.length) != Database.ABSENT;
    }

    @Override
    public void register(long time) {
        byte[] key = keyOf(time);
        if (head.containsKey(key) || (!isInMemory(key) && isStored(key))) {
            return;
        }
        head.put(key, new Timer<>(cursor.copiedKey(), false));
        size++;
        if (head.size() > MOST_IN_MEMORY && !cache.isFrozen()) {
            spill();
        }
    }

    /** Leaves half of the timers in memory, the earliest. */
    private void spill() {
        tellGone();
        int left = 0;
        byte[] first = null;
        for (Map.Entry<byte[], Timer<K>> timer : head.entrySet()) {
            if (left++ >= MOST_IN_MEMORY / 2) {
                first = first == null ? timer.getKey() : first;
                store(timer);
            }
        }
        byte[] lowest = java.util.Objects.requireNonNull(first);
        head.tailMap(lowest, true).clear();
        if (bound == null || Arrays.compareUnsigned(lowest, bound) < 0) {
            bound = lowest;
        }
        cache.commit();
    }

    private void store(Map.Entry<byte[], Timer<K>> timer) {
        if (!timer.getValue().stored) {
            timer.getValue().stored = true;
            cache.batch().put(timer.getKey(), NOTHING);
        }
    }

    private void tellGone() {
        gone.forEach(cache.batch()::delete);
        gone.clear();
        cache.commitIfLarge();
    }

    /** Before the database is asked. */
    private void tellAll() {
        if (!gone.isEmpty()) {
            cache.settle();
            tellGone();
        }
        cache.commit();
    }

    @Override
    public void delete(long time) {
        byte[] key = keyOf(time);
        Timer<K> timer = head.remove(key);
        if (timer != null) {
            size--;
            forget(key, timer.stored);
        } else if (!isInMemory(key) && isStored(key)) {
            cache.settle();
            size--;
            forget(key, true);
        }
    }

    private void forget(byte[] key, boolean stored) {
        if (stored) {
            gone.add(key);
            if (!cache.isFrozen()) {
                tellGone();
            }
        }
    }

    /** Has the database know every timer. Not while frozen. */
    void flush() {
        tellGone();
        head.entrySet().forEach(this::store);
        cache.commit();
    }

    /** Makes sure that the first timer in memory is the first of all. */
    private void fill() {
        while (bound != null && (head.isEmpty() || !isInMemory(head.firstKey()))) {
            tellAll();
            byte[] from = bound;
            bound = null;
            try (Scan scan = database.scan(from, Layout.TABLE_BYTES)) {
                for (int left = MOST_IN_MEMORY / 2; scan.next(); left--) {
                    if (left == 0) {
                        bound = scan.key();
                        break;
                    }
                    take(scan.key());
                }
            }
        }
    }

    private void take(byte[] key) {
        Timer<K> known = head.get(key);
        if (known != null) {
            known.stored = true;
        } else {
            int header = Layout.TIMERS.headerBytes();
            in.reset(key, header, key.length - header);
            head.put(key, new Timer<>(cursor.serializer().deserialize(in), true));
        }
    }

    @Override
    public long nextTime() {
        fill();
        return head.isEmpty() ? Long.MAX_VALUE : Layout.time(head.firstKey());
    }

    @Override
    public boolean pollDue(long upTo) {
        fill();
        if (head.isEmpty() || Layout.time(head.firstKey()) > upTo) {
            return false;
        }
        Map.Entry<byte[], Timer<K>> first = java.util.Objects.requireNonNull(head.pollFirstEntry());
        size--;
        firedTime = Layout.time(first.getKey());
        cursor.set(first.getValue().key);
        forget(first.getKey(), first.getValue().stored);
        return true;
    }

    @Override
    public long firedTime() {
        return firedTime;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public void restoreEntry(BlockHeader header, BinaryReader entry, boolean taken) {
        long time = entry.readLong();
        if (taken && header.removals()) {
            delete(time);
        } else if (taken) {
            register(time);
        }
    }
}

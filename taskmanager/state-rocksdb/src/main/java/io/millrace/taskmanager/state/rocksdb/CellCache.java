package io.millrace.taskmanager.state.rocksdb;

import io.millrace.api.types.BinaryReader;
import io.millrace.api.types.BinaryWriter;
import io.millrace.taskmanager.state.entries.Bits;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The write-back cache in front of an operator's database: what a record touches is an object here, read from the
 * database when it is missing, and written there when it has to make room or a snapshot needs it. Second chance: the
 * hand goes round, and a cell that was of use since the last time stays.
 *
 * <p>From a barrier until the database has what was there at the barrier, cells that changed since must not reach it:
 * they stay, and those that are still to be written are written before they change.
 */
final class CellCache<K> {
    /** Stands for the value of a cell that is known to have none. */
    static final Object ABSENT = new Object();

    /** Arrays, key and object headers of a cell, about. */
    private static final int CELL_BYTES = 160;

    private static final int BATCH_BYTES = 256 * 1024;

    private final KeyCursor<K> cursor;
    private final Cells<K> cells;
    private final Database database;
    private final StateMemory memory;
    private final Runnable settle;
    private final Batch batch = new Batch();
    private final BinaryWriter keyOut = new BinaryWriter(256);
    private final BinaryWriter valueOut = new BinaryWriter(1024);
    private final BinaryReader valueIn = new BinaryReader();

    /** Cells whose value the database lacks. */
    private Bits dirty = new Bits();
    /** Of these, during a barrier's flush, those as they were at the barrier. */
    private Bits pending = new Bits();

    private boolean frozen;
    private int flushed;
    private long bytes;
    private int hand;
    private long evictions;

    /** @param settle brings the flush of a barrier to its end, so that {@link #isFrozen} ends */
    CellCache(KeyCursor<K> cursor, Database database, StateMemory memory, Runnable settle) {
        this.cursor = cursor;
        this.cells = new Cells<>(cursor);
        this.database = database;
        this.memory = memory;
        this.settle = settle;
    }

    Cells<K> cells() {
        return cells;
    }

    /** Counts how often cells went: numbers of cells are good as long as it stays the same. */
    long evictions() {
        return evictions;
    }

    long bytes() {
        return bytes;
    }

    /** The current key's cell, if it is cached; no look at the database. */
    int find(CellTable table, @Nullable Object part) {
        return cells.find(table, cursor.key(), Cells.hash(table, cursor.currentHash(), part), part);
    }

    /** The current key's cell, read from the database if need be. */
    int load(CellTable table, @Nullable Object part) {
        int cell = find(table, part);
        if (cell != Cells.NONE) {
            return cell;
        }
        makeRoom();
        writeKey(table, cursor.key(), cursor.currentHash(), part);
        int length = database.get(keyOut.bytes(), keyOut.position());
        cell = cells.insert(table, cursor.copiedKey(), cursor.currentHash(), table.copiedPart(part));
        if (length == Database.ABSENT) {
            cells.values[cell] = ABSENT;
            weigh(cell, 0);
        } else {
            valueIn.reset(database.value(), 0, length);
            cells.values[cell] = table.readValue(valueIn);
            weigh(cell, length);
        }
        return cell;
    }

    /** The current key's cell, about to be given a value whatever it has. */
    int forWrite(CellTable table, @Nullable Object part) {
        int cell = find(table, part);
        if (cell == Cells.NONE) {
            makeRoom();
            cell = cells.insert(table, cursor.copiedKey(), cursor.currentHash(), table.copiedPart(part));
            cells.values[cell] = ABSENT;
            weigh(cell, table.guessedBytes());
        }
        return cell;
    }

    /** The value of a cell for one who may change it in place, {@link #ABSENT}, or null where values may be. */
    @Nullable
    Object get(int cell) {
        if (frozen && !cells.table(cell).hasImmutableValues()) {
            writeFirst(cell);
        }
        return cells.values[cell];
    }

    /** @param value {@link #ABSENT} for none */
    void set(int cell, @Nullable Object value) {
        if (frozen) {
            writeFirst(cell);
        }
        dirty.add(cell);
        // A list changed in place is put to itself: storing it again would only cost the collector.
        if (cells.values[cell] != value) {
            cells.values[cell] = value;
        }
    }

    private void writeFirst(int cell) {
        if (pending.remove(cell)) {
            write(cell);
        }
    }

    /** Has the database know a cell of which it may know less. */
    void flush(int cell) {
        if (pending.remove(cell) || dirty.remove(cell)) {
            write(cell);
        }
    }

    boolean isDirty(int cell) {
        return dirty.has(cell);
    }

    /** Forgets a cell, whatever the database has of it. */
    void forget(int cell) {
        dirty.remove(cell);
        pending.remove(cell);
        bytes -= cells.weights[cell];
        cells.remove(cell);
        evictions++;
    }

    private void write(int cell) {
        CellTable table = cells.table(cell);
        Object value = cells.values[cell];
        writeKey(table, cells.key(cell), cells.keyHash(cell), cells.part(cell));
        if (value == ABSENT) {
            batch.delete(keyOut);
            weigh(cell, 0);
        } else {
            valueOut.setPosition(0);
            table.writeValue(valueOut, value);
            batch.put(keyOut, valueOut);
            table.weighed(valueOut.position());
            weigh(cell, valueOut.position());
        }
        commitIfLarge();
    }

    /** The key of a cell as the database has it; good until the next call. */
    BinaryWriter writeKey(CellTable table, K key, int keyHash, @Nullable Object part) {
        keyOut.setPosition(0);
        table.writeHeader(keyOut, cursor.group(keyHash), part);
        cursor.serializer().serialize(key, keyOut);
        table.writePart(keyOut, part);
        return keyOut;
    }

    /** What the keys of the current key's cells begin with, where a key has several. */
    byte[] writePrefix(CellTable table) {
        keyOut.setPosition(0);
        table.writeHeader(keyOut, cursor.group(cursor.currentHash()), null);
        cursor.serializer().serialize(cursor.key(), keyOut);
        return Arrays.copyOf(keyOut.bytes(), keyOut.position());
    }

    /** Goes through all of the database that begins like this, with what was written so far. */
    Scan scan(byte[] prefix) {
        commit();
        return database.scan(prefix, prefix.length);
    }

    private void weigh(int cell, int valueBytes) {
        int weight = CELL_BYTES + 2 * keyOut.position() + 2 * valueBytes;
        bytes += weight - cells.weights[cell];
        cells.weights[cell] = weight;
    }

    /** Changes that are not cells, to be written in order with those. */
    Batch batch() {
        return batch;
    }

    /** Has the database know all that was written. */
    void commit() {
        database.write(batch);
    }

    void commitIfLarge() {
        if (batch.bytes() >= BATCH_BYTES) {
            commit();
        }
    }

    /** Writes every cell that the database lacks. Not while frozen. */
    void flushAll() {
        for (int cell = dirty.next(0); cell != Bits.NONE; cell = dirty.next(cell + 1)) {
            flush(cell);
        }
        commit();
    }

    /** From here on the database gets only what is there now, until {@link #thaw}. */
    void freeze() {
        pending = dirty;
        dirty = new Bits();
        frozen = true;
        flushed = 0;
    }

    boolean isFrozen() {
        return frozen;
    }

    /**
     * Writes about this many bytes of what was there at the barrier. @return how many are left; at most 0 if not all is
     */
    long flushFrozen(long budget) {
        long left = budget;
        for (int cell = pending.next(flushed); cell != Bits.NONE; cell = pending.next(cell + 1)) {
            if (left <= 0) {
                flushed = cell;
                commit();
                return 0;
            }
            flush(cell);
            left -= cells.weights[cell];
        }
        flushed = cells.limit();
        commit();
        return Math.max(1, left);
    }

    /** The database may know everything again. */
    void thaw() {
        dirty.addAll(pending);
        pending = new Bits();
        frozen = false;
    }

    /** Brings a barrier's flush to its end, if there is one. */
    void settle() {
        if (frozen) {
            settle.run();
        }
    }

    /** Before a cell is added: keeps within the share of memory. */
    void makeRoom() {
        long most = memory.cacheBytes();
        if (bytes > most) {
            evict(most - most / 32);
        }
    }

    private void evict(long most) {
        evictions++;
        sweep(most);
        if (bytes > most && frozen) {
            settle.run();
            sweep(most);
        }
        commit();
    }

    /** Two rounds find every cell that may go at all. */
    private void sweep(long most) {
        for (int passed = 2 * cells.limit(); passed > 0 && bytes > most; passed--) {
            hand = hand + 1 >= cells.limit() ? 0 : hand + 1;
            if (!cells.isUsed(hand)) {
                continue;
            }
            if (cells.values[hand] == Cells.HEAD) {
                evictHead(hand);
            } else if (cells.used[hand]) {
                cells.used[hand] = false;
            } else if (!frozen || !dirty.has(hand)) {
                flush(hand);
                bytes -= cells.weights[hand];
                cells.remove(hand);
            }
        }
    }

    private void evictHead(int head) {
        if (cells.isIndexed(head) && cells.isAlone(head)) {
            bytes -= cells.weights[head];
            cells.remove(head);
        }
    }
}

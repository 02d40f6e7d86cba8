package io.millrace.taskmanager.state.rocksdb;

import io.millrace.api.types.BinaryWriter;
import io.millrace.common.graph.snapshot.PartKind;
import io.millrace.taskmanager.state.KeyGroups;
import io.millrace.taskmanager.state.SnapshotOutput;
import io.millrace.taskmanager.state.entries.BlockHeader;
import io.millrace.taskmanager.state.entries.BlockWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.Snapshot;

/**
 * A snapshot that every backend can read: all entries of all tables, in the blocks that the heap writes. Keys and
 * values lie in the database as they lie in blocks, so they are copied and not read.
 */
final class CanonicalSnapshot implements RocksSnapshot {

    private record Part(Catalog.Table table, long entries, List<ByteBuffer> blocks) {}

    private final long checkpoint;
    private final KeyGroups groups;
    private final CellCache<?> cache;
    private final Database database;
    private final List<Catalog.Table> tables;
    private final List<Part> parts = new ArrayList<>();

    private @Nullable Snapshot frozen;
    private @Nullable Scan scan;
    private int position;
    private long slice;
    private BlockWriter entries = new BlockWriter(new BlockHeader(false, 0));
    private final List<ByteBuffer> blocks = new ArrayList<>();
    private long count;

    CanonicalSnapshot(
            long checkpoint, KeyGroups groups, CellCache<?> cache, Database database, List<Catalog.Table> tables) {
        this.checkpoint = checkpoint;
        this.groups = groups;
        this.cache = cache;
        this.database = database;
        this.tables = tables;
    }

    @Override
    public long checkpoint() {
        return checkpoint;
    }

    @Override
    public void settle() {
        if (frozen == null) {
            cache.flushFrozen(Long.MAX_VALUE);
            freezeDatabase();
        }
    }

    private void freezeDatabase() {
        frozen = database.snapshot();
        cache.thaw();
    }

    @Override
    public boolean write(long bytes) {
        long left = bytes;
        if (frozen == null) {
            left = cache.flushFrozen(left);
            if (left <= 0) {
                return false;
            }
            freezeDatabase();
        }
        while (position < tables.size()) {
            if (left <= 0) {
                return false;
            }
            left = writeTable(tables.get(position), left);
        }
        return true;
    }

    private long writeTable(Catalog.Table table, long bytes) {
        Scan open = scan;
        if (open == null) {
            BinaryWriter prefix = new BinaryWriter(16);
            Layout.writeShort(prefix, table.number());
            open = database.scan(java.util.Arrays.copyOf(prefix.bytes(), prefix.position()), prefix.position(), frozen);
            scan = open;
        }
        long left = bytes;
        while (left > 0) {
            if (!open.next()) {
                finish(table);
                return left;
            }
            left -= writeEntry(table, open.key(), open.value());
        }
        return left;
    }

    private int writeEntry(Catalog.Table table, byte[] key, byte[] value) {
        if (table.layout() == Layout.SLICED && Layout.time(key) != slice) {
            closeBlocks();
            slice = Layout.time(key);
            entries = new BlockWriter(new BlockHeader(false, slice));
        }
        BinaryWriter out = entries.next();
        int header = table.layout().headerBytes();
        out.write(key, header, key.length - header);
        if (table.layout() == Layout.TIMERS) {
            out.writeLong(Layout.time(key));
        } else {
            out.write(value, 0, value.length);
        }
        entries.entryWritten();
        return key.length + value.length;
    }

    private void closeBlocks() {
        count += entries.entries();
        blocks.addAll(entries.finish());
    }

    private void finish(Catalog.Table table) {
        closeBlocks();
        if (count > 0) {
            parts.add(new Part(table, count, List.copyOf(blocks)));
        }
        blocks.clear();
        count = 0;
        slice = 0;
        entries = new BlockWriter(new BlockHeader(false, 0));
        scan = null;
        position++;
    }

    @Override
    public void end(SnapshotOutput out) {
        for (Part part : parts) {
            PartKind kind = part.table().layout() == Layout.TIMERS ? PartKind.TIMERS : PartKind.KEYED_BASE;
            out.add(kind, part.table().name(), groups, part.entries(), part.blocks());
        }
    }

    @Override
    public void close() {
        if (scan != null) {
            scan.close();
        }
        if (frozen != null) {
            database.release(frozen);
            frozen = null;
        } else {
            cache.thaw();
        }
    }
}

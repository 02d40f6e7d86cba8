package io.millrace.taskmanager.state.rocksdb;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Checkpoint;
import org.rocksdb.CompressionType;
import org.rocksdb.FlushOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Snapshot;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * One RocksDB without a log: what is not in its files is gone with the process, since jobs go on from checkpoints. For
 * one thread; RocksDB's own threads write and compact files behind it.
 */
final class Database implements AutoCloseable {
    private static final int OPEN_FILES = 256;
    private static final int BLOOM_BITS = 10;
    private static final long MOST_WRITE_BUFFER = 64L << 20;
    private static final long LEAST_WRITE_BUFFER = 1L << 20;
    static final int ABSENT = RocksDB.NOT_FOUND;

    private final Path directory;
    private final NativeHandles handles;
    private final RocksDB rocks;
    private final ReadOptions reads;
    private final WriteOptions writes;
    private final FlushOptions waitingFlush;
    private final FlushOptions startingFlush;
    private byte[] value = new byte[4096];

    /** Opens the database in a directory; makes it if there is none. */
    Database(Path directory, StateMemory memory, boolean readOnly) {
        this.directory = directory;
        this.handles = memory.newHandles();
        try {
            Options options = options(handles, memory);
            this.reads = handles.own(new ReadOptions());
            this.writes = handles.own(new WriteOptions().setDisableWAL(true));
            this.waitingFlush = handles.own(new FlushOptions().setWaitForFlush(true));
            this.startingFlush = handles.own(new FlushOptions().setWaitForFlush(false));
            this.rocks = handles.own(
                    readOnly
                            ? RocksDB.openReadOnly(options, directory.toString())
                            : RocksDB.open(options, directory.toString()));
        } catch (RocksDBException e) {
            handles.close();
            throw RocksErrors.of(e, directory);
        }
    }

    private static Options options(NativeHandles handles, StateMemory memory) {
        long writeBuffer = Math.max(LEAST_WRITE_BUFFER, Math.min(MOST_WRITE_BUFFER, memory.writeBufferBytes() / 2));
        BlockBasedTableConfig tables = new BlockBasedTableConfig()
                .setBlockCache(memory.blocks())
                .setCacheIndexAndFilterBlocks(true)
                .setPinL0FilterAndIndexBlocksInCache(true)
                .setFilterPolicy(handles.own(new BloomFilter(BLOOM_BITS)));
        return handles.own(new Options())
                .setCreateIfMissing(true)
                .setWriteBufferManager(memory.writeBuffers())
                .setWriteBufferSize(writeBuffer)
                .setMaxOpenFiles(OPEN_FILES)
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setLevelCompactionDynamicLevelBytes(true)
                .setTableFormatConfig(tables)
                .setAllowConcurrentMemtableWrite(false)
                .setAvoidFlushDuringShutdown(true)
                .setInfoLogLevel(InfoLogLevel.ERROR_LEVEL)
                .setKeepLogFileNum(1)
                .setStatsDumpPeriodSec(0);
    }

    Path directory() {
        return directory;
    }

    /** Reads a value into {@link #value}. @return its length, or {@link #ABSENT} */
    int get(byte[] key, int keyLength) {
        try {
            int length = rocks.get(reads, key, 0, keyLength, value, 0, value.length);
            if (length > value.length) {
                value = new byte[Math.max(length, 2 * value.length)];
                length = rocks.get(reads, key, 0, keyLength, value, 0, value.length);
            }
            return length;
        } catch (RocksDBException e) {
            throw RocksErrors.of(e, directory);
        }
    }

    byte[] value() {
        return value;
    }

    /** Writes a batch and empties it. */
    void write(Batch batch) {
        if (batch.isEmpty()) {
            return;
        }
        try (WriteBatch nativeBatch = new WriteBatch(batch.toBytes())) {
            rocks.write(writes, nativeBatch);
        } catch (RocksDBException e) {
            throw RocksErrors.of(e, directory);
        }
        batch.clear();
    }

    /** Goes through the keys from {@code from} that begin with its first {@code prefix} bytes, as they are now. */
    Scan scan(byte[] from, int prefix) {
        return scan(from, prefix, null);
    }

    /** @param at as they were then, if given */
    Scan scan(byte[] from, int prefix, @Nullable Snapshot at) {
        ReadOptions options = handles.own(new ReadOptions());
        if (at != null) {
            options.setSnapshot(at);
        }
        return new Scan(this, options, handles.own(rocks.newIterator(options)), from, prefix);
    }

    void close(Scan scan) {
        handles.close(scan.iterator());
        handles.close(scan.options());
    }

    Snapshot snapshot() {
        return handles.own(rocks.getSnapshot());
    }

    void release(Snapshot snapshot) {
        rocks.releaseSnapshot(snapshot);
        handles.close(snapshot);
    }

    /** Has what was written so far go to files; what is written from now on is no part of it. */
    void flush(boolean wait) {
        try {
            rocks.flush(wait ? waitingFlush : startingFlush);
        } catch (RocksDBException e) {
            throw RocksErrors.of(e, directory);
        }
    }

    /** Whether all that was flushed is in files; fails if it cannot be. */
    boolean isFlushed() {
        try {
            if (rocks.getLongProperty("rocksdb.background-errors") > 0) {
                rocks.flush(waitingFlush);
            }
            return rocks.getLongProperty("rocksdb.num-immutable-mem-table") == 0;
        } catch (RocksDBException e) {
            throw RocksErrors.of(e, directory);
        }
    }

    /** Makes a directory that has all files of the database as it is now, by hard links. */
    void checkpoint(Path target) {
        try (Checkpoint checkpoint = Checkpoint.create(rocks)) {
            checkpoint.createCheckpoint(target.toString());
        } catch (RocksDBException e) {
            throw RocksErrors.of(e, directory);
        }
    }

    @Override
    public void close() {
        rocks.cancelAllBackgroundWork(true);
        handles.close();
    }
}

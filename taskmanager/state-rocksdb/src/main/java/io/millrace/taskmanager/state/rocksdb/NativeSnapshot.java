package io.millrace.taskmanager.state.rocksdb;

import io.millrace.common.graph.snapshot.PartKind;
import io.millrace.taskmanager.state.KeyGroups;
import io.millrace.taskmanager.state.SnapshotOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot that consists of the database's own files. Dirty cells are written in slices between steps; then RocksDB's
 * threads write its buffers to files; then RocksDB links all files into a directory, and those that no known checkpoint
 * has are read in slices. See docs/decisions/0015-rocksdb-state.md.
 */
final class NativeSnapshot implements RocksSnapshot {
    private static final int BLOCK_BYTES = 64 * 1024;
    private static final String TABLE_FILE = ".sst";

    private enum Phase {
        FLUSHING_CELLS,
        FLUSHING_BUFFERS,
        READING_FILES
    }

    /** What is to be written. */
    record Contents(KeyGroups groups, CellCache<?> cache, Database database) {}

    /** A file that is new to the storage. */
    private record NewFile(String name, List<ByteBuffer> blocks) {}

    private final long checkpoint;
    private final KeyGroups groups;
    private final CellCache<?> cache;
    private final Database database;
    private final StoredFiles stored;
    private final Path directory;
    private final Function<Map<String, Long>, ByteBuffer> catalog;

    private Phase phase = Phase.FLUSHING_CELLS;
    private Map<String, Long> files = Map.of();
    private Iterator<String> toRead = List.<String>of().iterator();
    private final List<NewFile> read = new ArrayList<>();
    private final Map<String, StoredFiles.Place> kept = new TreeMap<>();
    private @Nullable FileChannel reading;

    /**
     * @param directory that it makes for its files
     * @param catalog what the files are, as of the barrier
     */
    NativeSnapshot(
            long checkpoint,
            Contents contents,
            StoredFiles stored,
            Path directory,
            Function<Map<String, Long>, ByteBuffer> catalog) {
        this.checkpoint = checkpoint;
        this.groups = contents.groups();
        this.cache = contents.cache();
        this.database = contents.database();
        this.stored = stored;
        this.directory = directory;
        this.catalog = catalog;
    }

    @Override
    public long checkpoint() {
        return checkpoint;
    }

    @Override
    public void settle() {
        if (phase != Phase.READING_FILES) {
            cache.flushFrozen(Long.MAX_VALUE);
            database.flush(true);
            linkFiles();
        }
    }

    @Override
    public boolean write(long bytes) {
        if (bytes == Long.MAX_VALUE) {
            settle();
        }
        if (phase == Phase.FLUSHING_CELLS) {
            if (cache.flushFrozen(bytes) <= 0) {
                return false;
            }
            database.flush(false);
            phase = Phase.FLUSHING_BUFFERS;
        }
        if (phase == Phase.FLUSHING_BUFFERS) {
            if (!database.isFlushed()) {
                return false;
            }
            linkFiles();
        }
        return readFiles(bytes);
    }

    private void linkFiles() {
        database.checkpoint(directory);
        cache.thaw();
        phase = Phase.READING_FILES;
        try {
            files = StateDirectories.files(directory);
        } catch (IOException e) {
            throw RocksErrors.of(e, directory);
        }
        List<String> fresh = new ArrayList<>();
        for (String file : files.keySet()) {
            Optional<StoredFiles.Place> place = file.endsWith(TABLE_FILE) ? stored.find(file) : Optional.empty();
            place.ifPresent(found -> kept.put(file, found));
            if (place.isEmpty()) {
                fresh.add(file);
            }
        }
        toRead = fresh.iterator();
    }

    private boolean readFiles(long bytes) {
        long left = bytes;
        while (reading != null || toRead.hasNext()) {
            if (left <= 0) {
                return false;
            }
            left -= readOn();
        }
        return true;
    }

    private int readOn() {
        try {
            FileChannel channel = reading;
            if (channel == null) {
                String name = toRead.next();
                channel = FileChannel.open(directory.resolve(name), StandardOpenOption.READ);
                reading = channel;
                read.add(new NewFile(name, new ArrayList<>()));
            }
            long rest = channel.size() - channel.position();
            if (rest == 0) {
                channel.close();
                reading = null;
                return 0;
            }
            ByteBuffer block = ByteBuffer.allocate((int) Math.min(BLOCK_BYTES, rest));
            int count = channel.read(block);
            while (block.hasRemaining() && count >= 0) {
                count = channel.read(block);
            }
            block.flip();
            read.get(read.size() - 1).blocks().add(block);
            return block.limit();
        } catch (IOException e) {
            throw RocksErrors.of(e, directory);
        }
    }

    /** The catalog comes last: it closes what belongs together. */
    @Override
    public void end(SnapshotOutput out) {
        Map<String, StoredFiles.Place> places = new HashMap<>(kept);
        kept.forEach((file, place) -> out.keep(place.checkpoint(), place.part()));
        for (NewFile file : read) {
            int part = out.add(PartKind.NATIVE, file.name(), groups, 0, file.blocks());
            if (file.name().endsWith(TABLE_FILE)) {
                places.put(file.name(), new StoredFiles.Place(checkpoint, part));
            }
        }
        out.add(PartKind.NATIVE, "", groups, 0, List.of(catalog.apply(files)));
        stored.given(checkpoint, places);
    }

    @Override
    public void close() {
        if (phase != Phase.READING_FILES) {
            cache.thaw();
        }
        try {
            if (reading != null) {
                reading.close();
            }
            StateDirectories.delete(directory);
        } catch (IOException e) {
            throw RocksErrors.of(e, directory);
        }
    }
}

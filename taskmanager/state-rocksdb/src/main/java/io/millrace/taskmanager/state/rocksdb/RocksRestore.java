package io.millrace.taskmanager.state.rocksdb;

import io.millrace.api.types.BinaryWriter;
import io.millrace.taskmanager.state.KeyGroups;
import io.millrace.taskmanager.state.RestoredState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Takes up the files of a snapshot. One set of files with just the key groups of the subtask becomes its database; of
 * others the ranges of its key groups are copied into a new one. Timers lie by time: all are looked at.
 */
final class RocksRestore {

    /** What a subtask goes on with. */
    record Result(Database database, Catalog catalog, int eventTimeTimers, int processingTimeTimers) {}

    private final KeyGroups groups;
    private final Path directory;
    private final StateMemory memory;
    private final Batch batch = new Batch();
    private final int[] timers = new int[2];

    RocksRestore(KeyGroups groups, Path directory, StateMemory memory) {
        this.groups = groups;
        this.directory = directory;
        this.memory = memory;
    }

    Result open(RestoredState restored) {
        List<FileSet> sets = FileSet.of(restored, groups.maxParallelism());
        Path home = create("db");
        if (sets.size() == 1 && sets.get(0).groups().equals(groups)) {
            Catalog.Written written = sets.get(0).written();
            sets.get(0).copyTo(home);
            return new Result(
                    new Database(home, memory, false),
                    written.catalog(),
                    written.eventTimeTimers(),
                    written.processingTimeTimers());
        }
        Catalog catalog = new Catalog();
        Database database = new Database(home, memory, false);
        try {
            for (int i = 0; i < sets.size(); i++) {
                copy(sets.get(i), "from-" + i, database, catalog);
            }
            database.write(batch);
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
        return new Result(database, catalog, timers[0], timers[1]);
    }

    private Path create(String name) {
        try {
            return StateDirectories.createIn(directory, name);
        } catch (IOException e) {
            throw RocksErrors.of(e, directory);
        }
    }

    private void copy(FileSet set, String name, Database target, Catalog catalog) {
        Path place = create(name);
        set.copyTo(place);
        try (Database source = new Database(place, memory, true)) {
            KeyGroups common = groups.and(set.groups().from(), set.groups().to());
            Catalog written = set.written().catalog();
            timers[0] += copyTimers(source, target, catalog.eventTime(), common);
            timers[1] += copyTimers(source, target, catalog.processingTime(), common);
            for (Catalog.Table table : written.states()) {
                Catalog.Table own = catalog.find(table.name());
                if (own == null) {
                    own = catalog.add(table.name(), table.layout());
                }
                if (table.layout() == Layout.SLICED) {
                    copySlices(source, target, table, own, common);
                } else {
                    copyRange(source, target, table, own, new byte[0], common);
                }
            }
        }
        try {
            StateDirectories.delete(place);
        } catch (IOException e) {
            throw RocksErrors.of(e, place);
        }
    }

    private int copyTimers(Database source, Database target, Catalog.Table table, KeyGroups common) {
        int count = 0;
        byte[] prefix = key(table, new byte[0]);
        try (Scan scan = source.scan(prefix, prefix.length)) {
            while (scan.next()) {
                int group = Layout.TIMERS.group(scan.key());
                if (common.from() <= group && group < common.to()) {
                    put(target, scan.key(), scan.value());
                    count++;
                }
            }
        }
        return count;
    }

    private void copySlices(
            Database source, Database target, Catalog.Table table, Catalog.Table own, KeyGroups common) {
        byte[] prefix = key(table, new byte[0]);
        try (Scan scan = source.scan(prefix, prefix.length)) {
            while (scan.next()) {
                long slice = Layout.time(scan.key());
                copyRange(source, target, table, own, time(slice), common);
                if (slice == Long.MAX_VALUE) {
                    return;
                }
                scan.seek(key(table, time(slice + 1)));
            }
        }
    }

    /** Copies what begins with the table and {@code middle}, and then has a key group of the range. */
    private void copyRange(
            Database source, Database target, Catalog.Table table, Catalog.Table own, byte[] middle, KeyGroups common) {
        byte[] prefix = key(table, middle);
        byte[] from = Arrays.copyOf(prefix, prefix.length + 2);
        from[prefix.length] = (byte) (common.from() >>> 8);
        from[prefix.length + 1] = (byte) common.from();
        byte[] number = key(own, new byte[0]);
        try (Scan scan = source.scan(from, prefix.length)) {
            while (scan.next() && table.layout().group(scan.key()) < common.to()) {
                byte[] key = scan.key();
                System.arraycopy(number, 0, key, 0, number.length);
                put(target, key, scan.value());
            }
        }
    }

    private void put(Database target, byte[] key, byte[] value) {
        batch.put(key, value);
        if (batch.bytes() >= 1 << 20) {
            target.write(batch);
        }
    }

    private static byte[] key(Catalog.Table table, byte[] rest) {
        BinaryWriter out = new BinaryWriter(16);
        Layout.writeShort(out, table.number());
        out.write(rest, 0, rest.length);
        return Arrays.copyOf(out.bytes(), out.position());
    }

    private static byte[] time(long time) {
        BinaryWriter out = new BinaryWriter(16);
        Layout.writeTime(out, time);
        return Arrays.copyOf(out.bytes(), out.position());
    }
}

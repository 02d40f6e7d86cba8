package io.millrace.jobmanager.control.checkpoint;

import io.millrace.common.core.error.Check;
import io.millrace.common.graph.snapshot.CheckpointFileName;
import io.millrace.common.graph.snapshot.SegmentFile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The ledger of segment files: which checkpoint, retained or under way, names which file. A file may be deleted when
 * its last holder lets go of it, and not before. What a complete savepoint names is its user's: it leaves the ledger.
 */
public final class SharedFiles {
    private final Map<String, Entry> files = new LinkedHashMap<>();
    private final Map<Long, Set<String>> names = new LinkedHashMap<>();

    private record Entry(SegmentFile file, Set<Long> holders) {}

    /** A checkpoint names a file. A name stands for one file for ever. */
    void hold(long checkpoint, SegmentFile file) {
        Entry entry = files.computeIfAbsent(file.name(), name -> new Entry(file, new TreeSet<>()));
        Check.invariant(entry.file().equals(file), "two files are called " + file.name());
        entry.holders().add(checkpoint);
        names.computeIfAbsent(checkpoint, key -> new LinkedHashSet<>()).add(file.name());
    }

    /** The file of this name, if anybody holds it. */
    Optional<SegmentFile> find(String name) {
        return Optional.ofNullable(files.get(name)).map(Entry::file);
    }

    /** Names of all files that anybody holds. */
    Set<String> held() {
        return files.keySet();
    }

    /** @return names of files that nobody holds any more */
    List<String> release(long checkpoint) {
        return narrow(checkpoint, Set.of());
    }

    /**
     * A checkpoint lets go of all files but those that it turned out to need.
     *
     * @return names of files that nobody holds any more
     */
    List<String> narrow(long checkpoint, Collection<String> needed) {
        List<String> free = new ArrayList<>();
        Set<String> held = names.getOrDefault(checkpoint, new LinkedHashSet<>());
        for (String name : List.copyOf(held)) {
            if (needed.contains(name)) {
                continue;
            }
            held.remove(name);
            Entry entry = files.get(name);
            Check.invariant(entry != null && entry.holders().remove(checkpoint), "nobody holds " + name);
            if (entry.holders().isEmpty()) {
                files.remove(name);
                free.add(name);
            }
        }
        if (held.isEmpty()) {
            names.remove(checkpoint);
        }
        return free;
    }

    /**
     * A savepoint is complete: the files that were written for it are no longer anything that could be deleted here,
     * and of others it made its copies.
     *
     * @return names of files that nobody holds any more
     */
    List<String> giveAway(long savepoint) {
        String own = CheckpointFileName.prefix(savepoint);
        Set<String> held = names.getOrDefault(savepoint, Set.of());
        for (String name : List.copyOf(held)) {
            if (name.startsWith(own)) {
                Entry entry = files.remove(name);
                Check.invariant(
                        entry != null && entry.holders().equals(Set.of(savepoint)), "a savepoint shares file " + name);
                held.remove(name);
            }
        }
        return release(savepoint);
    }
}

package io.millrace.taskmanager.state.rocksdb;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which files of the database lie in the storage of checkpoints already. Only what belongs to a checkpoint that is
 * known complete is not written again: an undecided one may never be.
 */
final class StoredFiles {

    /** A part that holds a file. */
    record Place(long checkpoint, int part) {}

    private Map<String, Place> known = Map.of();
    private final TreeMap<Long, Map<String, Place>> undecided = new TreeMap<>();

    /** Where a file lies, if it need not be written again. */
    Optional<Place> find(String file) {
        return Optional.ofNullable(known.get(file));
    }

    void given(long checkpoint, Map<String, Place> files) {
        undecided.put(checkpoint, new HashMap<>(files));
    }

    void completed(long checkpoint) {
        Map<String, Place> files = undecided.get(checkpoint);
        if (files != null) {
            known = files;
            undecided.headMap(checkpoint, true).clear();
        }
    }

    void aborted(long checkpoint) {
        undecided.remove(checkpoint);
    }
}

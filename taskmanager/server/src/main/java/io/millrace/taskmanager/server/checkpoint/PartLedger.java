package io.millrace.taskmanager.server.checkpoint;

import io.millrace.common.core.id.SubtaskId;
import io.millrace.taskmanager.runtime.snapshot.EarlierPart;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where the parts lie that later snapshots of one run's tasks may name: all that the newest complete checkpoint and
 * those after it consist of. A task may have let a barrier pass before it heard of the newest one, so the one before is
 * kept for the checkpoints that were being collected just then.
 */
final class PartLedger {
    private final Map<SubtaskId, NavigableMap<Long, Map<EarlierPart, LocatedPart>>> tasks = new HashMap<>();
    /** Complete checkpoints before the newest, each with the last checkpoint that may stand on it. */
    private final TreeMap<Long, Long> formerBases = new TreeMap<>();

    private long base;

    /** A task's snapshot is stored. */
    void add(SubtaskId task, long checkpoint, Map<EarlierPart, LocatedPart> parts) {
        if (checkpoint > base && !parts.isEmpty()) {
            tasks.computeIfAbsent(task, key -> new TreeMap<>()).put(checkpoint, Map.copyOf(parts));
        }
    }

    /** Where a part lies; empty if no checkpoint that is kept has it. */
    Optional<LocatedPart> find(SubtaskId task, EarlierPart name) {
        return tasks.getOrDefault(task, new TreeMap<>()).descendingMap().values().stream()
                .map(parts -> Optional.ofNullable(parts.get(name)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** @param lastCollecting of the checkpoints whose snapshots are not all there, the newest; 0 if there is none */
    void completed(long checkpoint, long lastCollecting) {
        if (checkpoint <= base) {
            return;
        }
        if (base > 0 && lastCollecting > checkpoint) {
            formerBases.put(base, lastCollecting);
        }
        base = checkpoint;
        prune();
    }

    /** A checkpoint will never be complete. */
    void forget(long checkpoint) {
        tasks.values().forEach(checkpoints -> checkpoints.remove(checkpoint));
        tasks.values().removeIf(Map::isEmpty);
    }

    /** The task has ended: it names nothing any more. */
    void forget(SubtaskId task) {
        tasks.remove(task);
    }

    /** @param firstCollecting of the checkpoints whose snapshots are not all there, the oldest */
    void collectedBefore(long firstCollecting) {
        if (formerBases.values().removeIf(last -> last < firstCollecting)) {
            prune();
        }
    }

    boolean isEmpty() {
        return tasks.isEmpty();
    }

    /** The checkpoints of which something is known, oldest first. */
    List<Long> checkpoints() {
        return tasks.values().stream()
                .flatMap(checkpoints -> checkpoints.keySet().stream())
                .distinct()
                .sorted()
                .toList();
    }

    private void prune() {
        tasks.values()
                .forEach(checkpoints ->
                        checkpoints.headMap(base).keySet().removeIf(number -> !formerBases.containsKey(number)));
        tasks.values().removeIf(Map::isEmpty);
    }
}

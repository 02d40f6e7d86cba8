package io.millrace.jobmanager.control.checkpoint;

import io.millrace.common.graph.deployment.PeerAddress;
import io.millrace.jobmanager.control.contract.CheckpointPointer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** TaskManagers that have yet to answer the triggers of checkpoints that were given up. Their files are not known. */
final class Stragglers {
    private static final int MAX_CHECKPOINTS = 256;

    private final TreeMap<Long, Awaited> checkpoints = new TreeMap<>();

    private record Awaited(CheckpointPointer pointer, Set<PeerAddress> taskManagers) {}

    /** @return a checkpoint for whose answers nobody waits any longer, because there are too many */
    Optional<CheckpointPointer> add(CheckpointPointer pointer, Set<PeerAddress> unanswered) {
        if (!unanswered.isEmpty()) {
            checkpoints.put(pointer.checkpoint(), new Awaited(pointer, new HashSet<>(unanswered)));
        }
        return checkpoints.size() <= MAX_CHECKPOINTS
                ? Optional.empty()
                : Optional.of(checkpoints.pollFirstEntry().getValue().pointer());
    }

    /** The checkpoint, if this answer to it was awaited; it is awaited no more. */
    Optional<CheckpointPointer> answered(long checkpoint, PeerAddress taskManager) {
        Awaited awaited = checkpoints.get(checkpoint);
        if (awaited == null || !awaited.taskManagers().remove(taskManager)) {
            return Optional.empty();
        }
        if (awaited.taskManagers().isEmpty()) {
            checkpoints.remove(checkpoint);
        }
        return Optional.of(awaited.pointer());
    }

    /** @return checkpoints that this TaskManager will never answer */
    List<CheckpointPointer> lost(PeerAddress taskManager) {
        List<CheckpointPointer> orphaned = awaitedOf(taskManager);
        orphaned.forEach(pointer -> answered(pointer.checkpoint(), taskManager));
        return orphaned;
    }

    /** Checkpoints that somebody has yet to answer. */
    List<CheckpointPointer> all() {
        return checkpoints.values().stream().map(Awaited::pointer).toList();
    }

    /** Checkpoints that this TaskManager has yet to answer. */
    List<CheckpointPointer> awaitedOf(PeerAddress taskManager) {
        List<CheckpointPointer> found = new ArrayList<>();
        for (Map.Entry<Long, Awaited> entry : checkpoints.entrySet()) {
            if (entry.getValue().taskManagers().contains(taskManager)) {
                found.add(entry.getValue().pointer());
            }
        }
        return found;
    }
}

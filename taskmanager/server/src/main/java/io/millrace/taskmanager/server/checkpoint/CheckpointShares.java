package io.millrace.taskmanager.server.checkpoint;

import io.millrace.taskmanager.server.checkpoint.CheckpointShare.Phase;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The checkpoints of one run that were triggered here and are not subsumed. What is selected is a copy. */
final class CheckpointShares {
    /** Answers that are kept to checkpoints that were given up and that no complete one has subsumed. */
    private static final int MOST_DEAD = 32;

    private final TreeMap<Long, CheckpointShare> byNumber = new TreeMap<>();

    void add(CheckpointShare share) {
        byNumber.put(share.checkpoint(), share);
    }

    Optional<CheckpointShare> find(long checkpoint) {
        return Optional.ofNullable(byNumber.get(checkpoint));
    }

    /** Lowest number first. */
    List<CheckpointShare> in(Phase phase) {
        return all().filter(share -> share.isIn(phase)).toList();
    }

    boolean areAnswered() {
        return all().allMatch(share -> share.isIn(Phase.ANSWERED));
    }

    /** The number of the oldest that waits for snapshots, savepoints aside. */
    long firstCollecting() {
        return collectingNumbers().findFirst().orElse(Long.MAX_VALUE);
    }

    /** The number of the newest that waits for snapshots, savepoints aside; 0 if there is none. */
    long lastCollecting() {
        return collectingNumbers().reduce(0L, Math::max);
    }

    private Stream<Long> collectingNumbers() {
        return in(Phase.COLLECTING).stream()
                .filter(share -> !share.isSavepoint())
                .map(CheckpointShare::checkpoint);
    }

    /** Those that will never be complete when this one is. */
    List<CheckpointShare> undecidedBefore(long checkpoint) {
        return byNumber.headMap(checkpoint).values().stream()
                .filter(share -> !share.isSavepoint() && !share.isDecided())
                .toList();
    }

    /** Nobody asks for these answers any more. */
    void dropDecidedBefore(long checkpoint) {
        byNumber.headMap(checkpoint).values().removeIf(share -> share.isDecided() && share.isIn(Phase.ANSWERED));
    }

    /** While no checkpoint succeeds nothing is subsumed; the oldest answers go all the same. */
    void dropSuperfluous() {
        List<CheckpointShare> dead =
                in(Phase.ANSWERED).stream().filter(CheckpointShare::isGivenUp).toList();
        dead.stream().limit(Math.max(0, dead.size() - MOST_DEAD)).forEach(share -> byNumber.remove(share.checkpoint()));
    }

    int size() {
        return byNumber.size();
    }

    private Stream<CheckpointShare> all() {
        return List.copyOf(byNumber.values()).stream();
    }
}

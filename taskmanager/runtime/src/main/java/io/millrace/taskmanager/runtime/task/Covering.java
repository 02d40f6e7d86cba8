package io.millrace.taskmanager.runtime.task;

/**
 * Whether a task that is done with its input may finish. Where checkpoints are taken it may when one that was taken
 * since is complete: then every later one has what the task was at its end, and a restore does not do its work a second
 * time. Owned by the task.
 */
final class Covering {
    private static final long NONE = Long.MAX_VALUE;

    private final boolean needed;
    private long first = NONE;
    private boolean covered;

    /** @param needed whether checkpoints are taken */
    Covering(boolean needed) {
        this.needed = needed;
    }

    /** A barrier of a checkpoint passes behind the end of the input. */
    void passed(long checkpoint) {
        if (first == NONE) {
            first = checkpoint;
        }
    }

    /** A checkpoint that commits is complete. */
    void completed(long checkpoint) {
        covered |= checkpoint >= first;
    }

    boolean isCovered() {
        return covered || !needed;
    }
}

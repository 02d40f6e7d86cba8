package io.millrace.common.graph.snapshot;

/** Why a snapshot of a job is taken, and with it what follows when it is complete. */
public enum CheckpointKind {
    /** To recover from. Owned by the JobManager, which deletes it when newer ones have taken its place. */
    CHECKPOINT,
    /** Asked for by a user, who owns it. Nothing is committed because of it: the job recovers from its checkpoints. */
    SAVEPOINT,
    /** A savepoint after whose completion the sinks commit and the job ends, its windows and timers unfired. */
    SAVEPOINT_THEN_STOP,
    /** The sources end first and everything fires; what is left after that is a savepoint, and the job ends. */
    DRAIN;

    /** Whether a user owns it: it has a place of its own and shares no file with anything else. */
    public boolean isSavepoint() {
        return this != CHECKPOINT;
    }

    /** Whether the job ends when it is complete. */
    public boolean stopsJob() {
        return this == SAVEPOINT_THEN_STOP || this == DRAIN;
    }

    /** Whether sinks commit when it is complete, so that the job must never recover from anything older. */
    public boolean commits() {
        return this != SAVEPOINT;
    }
}

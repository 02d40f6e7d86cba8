package io.millrace.common.graph.execution;

/** The life of a job, with every step it may take. A job never leaves a terminal status. */
public enum JobStatus {
    /** Accepted. */
    CREATED,
    /** More slots are needed than are free. */
    WAITING_FOR_SLOTS,
    /** Slots are assigned; subtasks are being built, connected and opened. */
    DEPLOYING,
    /** Every subtask runs or has finished. */
    RUNNING,
    /**
     * A run ended by a failure or with its JobManager: what is left of it is being cancelled, and the job starts again
     * from its latest checkpoint.
     */
    RESTARTING,
    /** Every subtask has finished. */
    FINISHED,
    /** A user's cancel is being carried out. */
    CANCELLING,
    CANCELED,
    /** A failure occurred; the other subtasks are being cancelled. */
    FAILING,
    FAILED,
    /** TaskManagers ran it for an earlier JobManager; this one does not know it and has its tasks cancelled. */
    LOST;

    public boolean isTerminal() {
        return this == FINISHED || this == CANCELED || this == FAILED || this == LOST;
    }

    /** Whether a job may go from this status to {@code next}. */
    public boolean canBecome(JobStatus next) {
        return switch (this) {
            case CREATED -> next == WAITING_FOR_SLOTS || next == DEPLOYING || next == CANCELLING || next == FAILING;
            case WAITING_FOR_SLOTS -> next == DEPLOYING || next == CANCELLING || next == FAILING;
            case DEPLOYING -> next == RUNNING || next == RESTARTING || next == CANCELLING || next == FAILING;
            case RUNNING -> next == FINISHED || next == RESTARTING || next == CANCELLING || next == FAILING;
            case RESTARTING -> next == WAITING_FOR_SLOTS || next == DEPLOYING || next == CANCELLING || next == FAILING;
            case CANCELLING -> next == CANCELED;
            case FAILING -> next == FAILED;
            case FINISHED, CANCELED, FAILED, LOST -> false;
        };
    }
}

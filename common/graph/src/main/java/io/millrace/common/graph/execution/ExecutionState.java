package io.millrace.common.graph.execution;

/** The life of one attempt of a subtask, with every step it may take. An attempt never leaves a terminal state. */
public enum ExecutionState {
    /** Known to the JobManager, no slot yet. */
    CREATED,
    /** A slot is assigned, nothing sent yet. */
    SCHEDULED,
    /** Deploy is sent; the TaskManager builds the task. */
    DEPLOYING,
    /** Deployed: the task exists and its channels receive. Waits for Start, then opens its functions. */
    INITIALIZING,
    RUNNING,
    /** All input was processed and all output was handed over. */
    FINISHED,
    /** Cancel is sent. */
    CANCELING,
    /** Stopped on demand, nothing of it is left. */
    CANCELED,
    /** Ended by a failure, nothing of it is left. */
    FAILED;

    public boolean isTerminal() {
        return this == FINISHED || this == CANCELED || this == FAILED;
    }

    /** Whether an attempt may go from this state to {@code next}. */
    public boolean canBecome(ExecutionState next) {
        return switch (this) {
            case CREATED -> next == SCHEDULED || next == CANCELED || next == FAILED;
            case SCHEDULED -> next == DEPLOYING || next == CANCELED || next == FAILED;
            case DEPLOYING -> next == INITIALIZING || next == CANCELING || next == FAILED;
            case INITIALIZING -> next == RUNNING || next == CANCELING || next == FAILED;
            case RUNNING -> next == FINISHED || next == CANCELING || next == FAILED;
            case CANCELING -> next == CANCELED || next == FAILED;
            case FINISHED, CANCELED, FAILED -> false;
        };
    }
}

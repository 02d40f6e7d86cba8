package io.millrace.taskmanager.runtime.task;

import io.millrace.common.core.error.Check;
import java.util.EnumSet;
import java.util.Set;

/** The life of one attempt of a subtask. */
public enum TaskState {
    /** Known; its chain is being built. */
    CREATED,
    /** Its channels are open and its chain is linked; no function is open yet. */
    DEPLOYED,
    RUNNING,
    /** All input was processed, all output handed over, everything closed without an error. */
    FINISHED,
    /** Everything is being closed because somebody asked for it. */
    CANCELING,
    CANCELED,
    FAILED;

    /** Whether nothing follows. */
    public boolean isTerminal() {
        return this == FINISHED || this == CANCELED || this == FAILED;
    }

    /** The whole transition table. */
    public Set<TaskState> successors() {
        return switch (this) {
            case CREATED -> EnumSet.of(DEPLOYED, CANCELING, FAILED);
            case DEPLOYED -> EnumSet.of(RUNNING, CANCELING, FAILED);
            case RUNNING -> EnumSet.of(FINISHED, CANCELING, FAILED);
            case CANCELING -> EnumSet.of(CANCELED);
            case FINISHED, CANCELED, FAILED -> EnumSet.noneOf(TaskState.class);
        };
    }

    /** @return {@code next}, after checking that it may follow this state */
    public TaskState to(TaskState next) {
        Check.invariant(successors().contains(next), "a task does not go from " + this + " to " + next);
        return next;
    }
}

package io.millrace.jobmanager.control.job;

import io.millrace.common.core.error.Check;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.graph.JobVertex;
import io.millrace.common.graph.execution.ExecutionState;
import io.millrace.common.graph.execution.TaskProgress;
import io.millrace.jobmanager.control.resource.Slot;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One attempt of one subtask as the JobManager knows it. Its state is changed by its {@link ExecutionGraph} only. */
final class Subtask {
    private final SubtaskId id;
    private final JobVertex vertex;

    private ExecutionState state = ExecutionState.CREATED;
    private @Nullable Slot slot;
    private @Nullable TaskProgress progress;

    Subtask(SubtaskId id, JobVertex vertex) {
        this.id = id;
        this.vertex = vertex;
    }

    SubtaskId id() {
        return id;
    }

    JobVertex vertex() {
        return vertex;
    }

    ExecutionState state() {
        return state;
    }

    Optional<Slot> slot() {
        return Optional.ofNullable(slot);
    }

    /** The slot of a subtask that was placed. */
    Slot placement() {
        if (slot == null) {
            throw new IllegalStateException("Invariant broken: " + id + " was not placed");
        }
        return slot;
    }

    Optional<TaskProgress> progress() {
        return Optional.ofNullable(progress);
    }

    void place(Slot where) {
        Check.invariant(slot == null && state == ExecutionState.CREATED, "a second slot for " + id);
        slot = where;
    }

    void progress(TaskProgress newest) {
        progress = newest;
    }

    void become(ExecutionState next) {
        Check.invariant(state.canBecome(next), id + " cannot go from " + state + " to " + next);
        state = next;
    }
}

package io.millrace.taskmanager.server.supervisor;

import io.millrace.common.core.error.Check;
import io.millrace.common.graph.deployment.SubtaskDeployment;
import io.millrace.common.graph.execution.ExecutionState;
import io.millrace.common.graph.execution.Failure;
import io.millrace.common.graph.execution.TaskReport;
import org.jspecify.annotations.Nullable;

/** What the supervisor knows of one task until the JobManager says to forget it. */
final class TaskRecord {
    private final SubtaskDeployment deployment;
    private ExecutionState state = ExecutionState.DEPLOYING;
    private @Nullable Failure failure;
    private boolean handedToRunner;
    private boolean started;
    private boolean finished;

    TaskRecord(SubtaskDeployment deployment) {
        this.deployment = deployment;
    }

    SubtaskDeployment deployment() {
        return deployment;
    }

    ExecutionState state() {
        return state;
    }

    @Nullable
    Failure failure() {
        return failure;
    }

    /** Whether the runner knows the task, so that it is the runner that ends it. */
    boolean isHandedToRunner() {
        return handedToRunner;
    }

    void markHandedToRunner() {
        handedToRunner = true;
    }

    /** @return whether this is the first time */
    boolean markStarted() {
        boolean first = !started;
        started = true;
        return first;
    }

    /** Whether the task has done all its work and waits only for the client to take its results. */
    boolean isFinished() {
        return finished;
    }

    void markFinished() {
        finished = true;
    }

    void become(ExecutionState next, @Nullable Failure why) {
        Check.invariant(state.canBecome(next), "a task goes only where its state allows");
        state = next;
        failure = why;
    }

    TaskReport report() {
        return new TaskReport(
                deployment.id(), deployment.jobName(), deployment.vertex().name(), deployment.slot(), state, failure);
    }
}

package io.millrace.taskmanager.server.supervisor;

import io.millrace.common.core.error.Check;
import io.millrace.common.core.id.SubtaskId;
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

    /** How it ends when its last step ended so: one that finished while it was being cancelled counts as cancelled. */
    ExecutionState endOf(ExecutionState last) {
        boolean overtaken = state == ExecutionState.CANCELING && last == ExecutionState.FINISHED;
        return overtaken ? ExecutionState.CANCELED : last;
    }

    /** Its name in the log. */
    String describe() {
        SubtaskId id = deployment.id();
        return "job=" + id.job() + " vertex=" + id.vertex() + " subtask=" + id.index() + " run=" + id.run()
                + " attempt=" + id.attempt() + " slot=" + deployment.slot();
    }
}

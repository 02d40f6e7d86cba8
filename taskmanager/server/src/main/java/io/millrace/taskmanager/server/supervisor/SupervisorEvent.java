package io.millrace.taskmanager.server.supervisor;

import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.Epoch;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.graph.execution.ExecutionState;
import io.millrace.common.graph.execution.Failure;
import io.millrace.common.graph.execution.TaskProgress;
import io.millrace.common.graph.gateway.ToTaskManager;
import io.millrace.taskmanager.server.checkpoint.CheckpointEvent;
import org.jspecify.annotations.Nullable;

/** What is posted to the supervisor. */
public sealed interface SupervisorEvent {

    /** The stream opened as {@code attempt} takes messages. */
    record LinkOpened(long attempt) implements SupervisorEvent {}

    /** The stream opened as {@code attempt} has ended. */
    record LinkClosed(long attempt, String why) implements SupervisorEvent {}

    /** A message of the JobManager's on the stream opened as {@code attempt}. */
    record Received(long attempt, Epoch epoch, ToTaskManager message) implements SupervisorEvent {}

    record LibrariesReady(SubtaskId subtask, ClassLoader userCode) implements SupervisorEvent {}

    record LibrariesFailed(SubtaskId subtask, Problem problem) implements SupervisorEvent {}

    /**
     * @param failure why, if the state is FAILED; null otherwise
     * @param last what the task did in all, if it has ended and ever ran; null otherwise
     */
    record TaskStateChanged(
            SubtaskId subtask,
            ExecutionState state,
            @Nullable Failure failure,
            @Nullable TaskProgress last) implements SupervisorEvent {}

    /** A task is done with its input and waits for a checkpoint. */
    record TaskEnded(SubtaskId subtask) implements SupervisorEvent {}

    /** News of a snapshot or of the storage it goes to. */
    record OfCheckpoint(CheckpointEvent event) implements SupervisorEvent {}
}

package io.millrace.jobmanager.control.checkpoint;

import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.graph.deployment.PeerAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says whom a checkpoint waited for when its time was over. */
record TimeOut(CheckpointJob job, CheckpointHistory history, long timeoutMs) {

    CheckpointCause cause(PendingCheckpoint pending) {
        Problem late = Problem.of(
                CheckpointErrors.CHECKPOINT_TIMED_OUT,
                "Checkpoint " + pending.id() + " was not complete after " + timeoutMs + " ms");
        List<SubtaskId> missing = new ArrayList<>();
        pending.unanswered().forEach(taskManager -> missing.addAll(pending.expectedOf(taskManager)));
        Optional<SubtaskId> slowest = history.slowestOf(missing);
        if (slowest.isEmpty()) {
            return new CheckpointCause(
                    null,
                    late.because("All tasks have acknowledged; its manifest could not be stored in time")
                            .fix("Check the checkpoint storage, or raise checkpoint.timeout"));
        }
        String names = pending.unanswered().stream()
                .map(PeerAddress::taskManager)
                .map(Object::toString)
                .sorted()
                .collect(Collectors.joining(", "));
        return new CheckpointCause(
                slowest.get(),
                late.at("subtask " + job.nameOf(slowest.get()))
                        .because(pending.unanswered().size() + " of "
                                + pending.participants().size() + " TaskManagers have not answered: " + names
                                + "; of their subtasks this one was the slowest before")
                        .fix("Look for back-pressure and a slow storage there, or raise checkpoint.timeout"));
    }
}

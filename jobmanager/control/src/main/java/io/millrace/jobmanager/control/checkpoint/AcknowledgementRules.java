package io.millrace.jobmanager.control.checkpoint;

import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.graph.JobVertex;
import io.millrace.common.graph.deployment.PeerAddress;
import io.millrace.common.graph.gateway.FromTaskManager.CheckpointAcknowledged;
import io.millrace.common.graph.snapshot.CheckpointFileName;
import io.millrace.common.graph.snapshot.OperatorParts;
import io.millrace.common.graph.snapshot.SegmentFile;
import io.millrace.common.graph.snapshot.StatePart;
import io.millrace.common.graph.snapshot.SubtaskAcknowledgement;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What an acknowledgement must satisfy before a checkpoint counts on it: it speaks for the tasks that were asked, for
 * all of them that still ran, and names only files that are there to stay.
 */
record AcknowledgementRules(CheckpointJob job, SharedFiles files) {

    /** The reason why the acknowledgement cannot be; empty if there is none. */
    Optional<Problem> check(
            PendingCheckpoint pending, PeerAddress from, CheckpointAcknowledged ack, RunningTasks tasks) {
        return checkSubtasks(pending, from, ack, tasks)
                .or(() -> checkFiles(pending, ack))
                .map(why -> Problem.of(
                                CheckpointErrors.CHECKPOINT_BAD_ACKNOWLEDGEMENT,
                                "TaskManager '" + from.taskManager() + "' acknowledged checkpoint " + pending.id()
                                        + " wrongly")
                        .because(why));
    }

    private Optional<String> checkSubtasks(
            PendingCheckpoint pending, PeerAddress from, CheckpointAcknowledged ack, RunningTasks tasks) {
        Set<SubtaskId> missing = new HashSet<>(pending.expectedOf(from));
        for (SubtaskAcknowledgement subtask : ack.subtasks()) {
            if (!missing.remove(subtask.subtask())) {
                return Optional.of("It names " + subtask.subtask() + " twice, or was not asked for it");
            }
            JobVertex vertex = job.graph().vertex(subtask.subtask().vertex());
            Set<Integer> seen = new HashSet<>();
            for (OperatorParts operator : subtask.operators()) {
                boolean known = vertex.operators().stream().anyMatch(node -> node.id() == operator.operator());
                if (!known || !seen.add(operator.operator())) {
                    return Optional.of("It names operator " + operator.operator() + " of "
                            + job.nameOf(subtask.subtask()) + " twice, or there is no such operator");
                }
                for (StatePart part : operator.parts()) {
                    if (part.toGroup() > vertex.maxParallelism()) {
                        return Optional.of("A part of " + job.nameOf(subtask.subtask()) + " ends at key group "
                                + part.toGroup() + " of " + vertex.maxParallelism());
                    }
                }
            }
        }
        return missing.stream()
                .filter(tasks::isUnfinished)
                .findFirst()
                .map(subtask -> "It says nothing of " + job.nameOf(subtask));
    }

    private Optional<String> checkFiles(PendingCheckpoint pending, CheckpointAcknowledged ack) {
        Set<String> seen = new HashSet<>();
        for (SegmentFile file : ack.files()) {
            if (!seen.add(file.name())) {
                return Optional.of("It names file " + file.name() + " twice");
            }
            OptionalLong writtenFor = CheckpointFileName.checkpointOfSegment(file.name());
            if (writtenFor.isEmpty()) {
                return Optional.of("'" + file.name() + "' is no name of a segment file");
            }
            Optional<SegmentFile> held = files.find(file.name());
            boolean own = writtenFor.getAsLong() == pending.id();
            if (own && held.isPresent()) {
                return Optional.of("Another TaskManager wrote file " + file.name() + " too");
            }
            if (!own && pending.isSavepoint()) {
                return Optional.of("File " + file.name() + " belongs to a checkpoint, and savepoints share none");
            }
            if (!own && !held.equals(Optional.of(file))) {
                return Optional.of("File " + file.name() + " of an earlier checkpoint is not kept, or is another one");
            }
        }
        return Optional.empty();
    }
}

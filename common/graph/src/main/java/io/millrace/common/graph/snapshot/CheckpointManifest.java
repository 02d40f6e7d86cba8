package io.millrace.common.graph.snapshot;

import io.millrace.common.core.error.Check;
import io.millrace.common.core.id.JobId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A whole checkpoint or savepoint: everything that a restore needs besides the files it names.
 *
 * @param job whose checkpoint it is; the files it names may be of the same job only
 * @param jobName for people
 * @param checkpoint its number, rising over the whole life of the job
 * @param run of the job in which it was taken
 * @param savepoint whether a user asked for it and owns it
 * @param triggeredAtEpochMs wall clock of the JobManager
 * @param completedAtEpochMs wall clock of the JobManager
 * @param files every file that has a part
 * @param operators every operator that has state, in the order of the graph
 */
public record CheckpointManifest(
        JobId job,
        String jobName,
        long checkpoint,
        int run,
        boolean savepoint,
        long triggeredAtEpochMs,
        long completedAtEpochMs,
        List<SegmentFile> files,
        List<OperatorSnapshot> operators) {
    public CheckpointManifest {
        Check.argument(checkpoint >= 1 && run >= 1, "Checkpoints and runs count from 1");
        files = List.copyOf(files);
        operators = List.copyOf(operators);
        Set<String> identities = new HashSet<>();
        for (OperatorSnapshot operator : operators) {
            Check.argument(identities.add(operator.identity()), "Two operators are called " + operator.identity());
            for (SubtaskSnapshot subtask : operator.subtasks()) {
                for (StatePart part : subtask.parts()) {
                    Check.argument(part.file() < files.size(), "There is no file " + part.file());
                    Check.argument(
                            part.end() <= files.get(part.file()).length(),
                            "A part ends at " + part.end() + ", beyond "
                                    + files.get(part.file()).name());
                }
            }
        }
    }

    /** How many bytes all parts have together, headers of blocks included. */
    public long stateBytes() {
        return operators.stream()
                .flatMap(operator -> operator.subtasks().stream())
                .flatMap(subtask -> subtask.parts().stream())
                .mapToLong(StatePart::length)
                .sum();
    }

    /** As {@link #stateBytes}, of the parts of one kind. */
    public long bytesOf(PartKind kind) {
        return operators.stream().mapToLong(operator -> operator.bytesOf(kind)).sum();
    }
}

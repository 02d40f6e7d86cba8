package io.millrace.common.graph.deployment;

import io.millrace.common.core.error.Check;
import io.millrace.common.core.id.JobId;
import io.millrace.common.graph.snapshot.SegmentFile;
import io.millrace.common.graph.snapshot.StatePart;
import io.millrace.common.graph.snapshot.SubtaskSnapshot;
import java.util.List;

/**
 * From where a deployed subtask takes up its state.
 *
 * @param job that wrote the snapshot, as its files say
 * @param checkpoint its number there
 * @param place where its files are, in the form of {@link io.millrace.common.core.config.StorageLocation}
 * @param files that parts lie in; {@link StatePart#file} is the index
 * @param operators those of the subtask's chain that have anything to take up
 * @param stopped whether the job was stopped with this savepoint: the subtask commits what it holds and ends
 */
public record RestorePoint(
        JobId job,
        long checkpoint,
        String place,
        List<SegmentFile> files,
        List<OperatorRestore> operators,
        boolean stopped) {
    public RestorePoint {
        Check.argument(checkpoint >= 1 && !place.isEmpty(), "A restore is from a checkpoint at a place");
        files = List.copyOf(files);
        operators = List.copyOf(operators);
        for (OperatorRestore operator : operators) {
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
}

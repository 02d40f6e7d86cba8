package io.millrace.jobmanager.control.job;

import io.millrace.common.core.error.Problem;
import io.millrace.common.graph.JobVertex;
import io.millrace.common.graph.KeyGroupRouting;
import io.millrace.common.graph.OperatorNode;
import io.millrace.common.graph.deployment.OperatorRestore;
import io.millrace.common.graph.deployment.RestorePoint;
import io.millrace.common.graph.restore.Inflow;
import io.millrace.common.graph.restore.StateFit;
import io.millrace.common.graph.snapshot.CheckpointManifest;
import io.millrace.common.graph.snapshot.OperatorSnapshot;
import io.millrace.common.graph.snapshot.SegmentFile;
import io.millrace.common.graph.snapshot.StatePart;
import io.millrace.common.graph.snapshot.StateSchema;
import io.millrace.common.graph.snapshot.SubtaskSnapshot;
import io.millrace.jobmanager.control.checkpoint.CheckpointErrors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Deals a checkpoint out to the subtasks of a run: each is told what it may take up, and in which files that lies. */
final class RestorePlan {
    private final CheckpointManifest manifest;
    private final JobDefinition job;
    private final String place;
    private final StateFit fit;
    private final boolean stopped;

    /**
     * @param place where the checkpoint's files are
     * @param stopped whether the job ended with it
     */
    RestorePlan(CheckpointManifest manifest, JobDefinition job, String place, boolean stopped) {
        this.manifest = manifest;
        this.job = job;
        this.place = place;
        this.stopped = stopped;
        this.fit = StateFit.of(manifest, job.graph(), job.identities());
    }

    /** Why no run can begin from it; empty if one can. */
    Optional<Problem> mismatch() {
        boolean own = manifest.job().equals(job.id());
        return fit.refusal(!own && job.allowsDroppedState()).map(why -> Problem.of(
                        CheckpointErrors.CHECKPOINT_NOT_RECOVERABLE,
                        "Checkpoint " + manifest.checkpoint() + " does not fit the job")
                .at(place)
                .because(why.what())
                .fix("Run the job with the version of Millrace that took it, or from a savepoint"));
    }

    long checkpoint() {
        return manifest.checkpoint();
    }

    /** What one subtask of a vertex takes up. Not empty-handed even if nothing is its: it knows that it goes on. */
    RestorePoint of(JobVertex vertex, int index) {
        Map<Integer, Integer> newIndexes = new LinkedHashMap<>();
        List<OperatorRestore> operators = new ArrayList<>();
        for (OperatorNode node : vertex.operators()) {
            OperatorSnapshot snapshot = fit.taken().get(node.id());
            if (snapshot != null) {
                List<SubtaskSnapshot> subtasks = dealt(snapshot, vertex, index, newIndexes);
                if (!subtasks.isEmpty()) {
                    List<StateSchema> schemas = snapshot.schemas().stream()
                            .filter(schema -> !Inflow.isNameOf(schema))
                            .toList();
                    operators.add(new OperatorRestore(node.id(), snapshot.parallelism(), schemas, subtasks));
                }
            }
        }
        List<SegmentFile> files =
                newIndexes.keySet().stream().map(manifest.files()::get).toList();
        return new RestorePoint(manifest.job(), manifest.checkpoint(), place, files, operators, stopped);
    }

    private static List<SubtaskSnapshot> dealt(
            OperatorSnapshot snapshot, JobVertex vertex, int index, Map<Integer, Integer> newIndexes) {
        List<KeyGroupRouting.Range> own =
                KeyGroupRouting.even(vertex.maxParallelism(), vertex.parallelism()).ranges().stream()
                        .filter(range -> range.subtask() == index)
                        .toList();
        List<SubtaskSnapshot> subtasks = new ArrayList<>();
        for (SubtaskSnapshot earlier : snapshot.subtasks()) {
            List<StatePart> parts = new ArrayList<>();
            for (StatePart part : earlier.parts()) {
                if (!part.kind().isKeyed() || own.stream().anyMatch(range -> meets(part, range))) {
                    int file = newIndexes.computeIfAbsent(part.file(), key -> newIndexes.size());
                    parts.add(inFile(part, file));
                }
            }
            if (!parts.isEmpty()) {
                subtasks.add(new SubtaskSnapshot(earlier.index(), parts));
            }
        }
        return subtasks;
    }

    private static boolean meets(StatePart part, KeyGroupRouting.Range range) {
        return part.fromGroup() < range.end() && range.start() < part.toGroup();
    }

    private static StatePart inFile(StatePart part, int file) {
        return new StatePart(
                part.kind(),
                part.state(),
                part.fromGroup(),
                part.toGroup(),
                file,
                part.offset(),
                part.length(),
                part.entries());
    }
}

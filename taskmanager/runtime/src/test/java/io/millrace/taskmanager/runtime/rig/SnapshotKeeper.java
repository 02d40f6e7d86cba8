package io.millrace.taskmanager.runtime.rig;

import io.millrace.common.checkpoint.format.SegmentWriter;
import io.millrace.common.checkpoint.storage.CheckpointStorages;
import io.millrace.common.checkpoint.storage.ObjectName;
import io.millrace.common.core.config.StorageLocation;
import io.millrace.common.core.error.Check;
import io.millrace.common.core.id.JobId;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.graph.JobVertex;
import io.millrace.common.graph.OperatorNode;
import io.millrace.common.graph.deployment.OperatorRestore;
import io.millrace.common.graph.deployment.RestorePoint;
import io.millrace.common.graph.snapshot.OperatorSchemas;
import io.millrace.common.graph.snapshot.SegmentFile;
import io.millrace.common.graph.snapshot.StatePart;
import io.millrace.common.graph.snapshot.StateSchema;
import io.millrace.common.graph.snapshot.SubtaskSnapshot;
import io.millrace.taskmanager.runtime.snapshot.EarlierPart;
import io.millrace.taskmanager.runtime.snapshot.SnapshotPart;
import io.millrace.taskmanager.runtime.snapshot.TaskSnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Stands for TaskManagers and JobManager where snapshots of one run are concerned: stores each task's parts in a file,
 * knows when a checkpoint is complete, and gives the restore points of the next run.
 */
public final class SnapshotKeeper {
    private final JobId job;
    private final String place;
    private final CheckpointStorages storages;
    private final Map<Long, Map<SubtaskId, Stored>> taken = new TreeMap<>();
    private Map<SubtaskId, Stored> complete = Map.of();
    private long completeNumber;
    private boolean stopped;

    /** A task's snapshot with its parts in files. */
    private record Stored(
            List<SegmentFile> files,
            List<StatePart> own,
            Map<Integer, List<StatePart>> parts,
            List<OperatorSchemas> schemas) {}

    /** @param place other than that of every other run */
    public SnapshotKeeper(JobId job, String place, CheckpointStorages storages) {
        this.job = job;
        this.place = place;
        this.storages = storages;
    }

    /** A task gave its snapshot. */
    public void take(SubtaskId task, TaskSnapshot snapshot) {
        Map<Integer, List<StatePart>> parts = new LinkedHashMap<>();
        List<SegmentFile> files = new ArrayList<>();
        for (EarlierPart earlier : snapshot.earlier()) {
            Stored before = taken.get(earlier.checkpoint()).get(task);
            StatePart part = before.own.get(earlier.index());
            add(parts, files, earlier.operator(), part, before.files.get(part.file()));
        }
        SegmentWriter writer =
                new SegmentWriter(job, snapshot.checkpoint(), snapshot.checkpoint() * 31 + task.hashCode());
        List<long[]> ranges = new ArrayList<>();
        for (SnapshotPart part : snapshot.parts()) {
            long offset = writer.add(part.blocks());
            ranges.add(new long[] {offset, writer.length() - offset});
        }
        String name = snapshot.checkpoint() + "/v" + task.vertex() + "-" + task.index();
        SegmentFile file = new SegmentFile(name, writer.length(), writer.nonce());
        storages.open(StorageLocation.parse(place)).put(new ObjectName(name), writer.finish());
        List<StatePart> own = new ArrayList<>();
        List<SegmentFile> ownFiles = new ArrayList<>(files);
        for (int i = 0; i < ranges.size(); i++) {
            SnapshotPart part = snapshot.parts().get(i);
            StatePart placed = new StatePart(
                    part.kind(),
                    part.state(),
                    part.fromGroup(),
                    part.toGroup(),
                    0,
                    ranges.get(i)[0],
                    ranges.get(i)[1],
                    part.entries());
            add(parts, ownFiles, part.operator(), placed, file);
            own.add(last(parts.get(part.operator())));
        }
        Stored stored = new Stored(ownFiles, own, parts, snapshot.schemas());
        Check.invariant(
                taken.computeIfAbsent(snapshot.checkpoint(), key -> new HashMap<>())
                                .put(task, stored)
                        == null,
                "a task gives a snapshot once");
    }

    private static StatePart last(List<StatePart> parts) {
        return parts.get(parts.size() - 1);
    }

    private static void add(
            Map<Integer, List<StatePart>> parts,
            List<SegmentFile> files,
            int operator,
            StatePart part,
            SegmentFile file) {
        if (!files.contains(file)) {
            files.add(file);
        }
        parts.computeIfAbsent(operator, key -> new ArrayList<>())
                .add(new StatePart(
                        part.kind(),
                        part.state(),
                        part.fromGroup(),
                        part.toGroup(),
                        files.indexOf(file),
                        part.offset(),
                        part.length(),
                        part.entries()));
    }

    /**
     * Completes a checkpoint that all tasks in {@code unfinished} have given; what finished tasks had in the last
     * complete one is carried on.
     *
     * @return whether it is complete
     */
    public boolean complete(long checkpoint, Set<SubtaskId> unfinished) {
        Map<SubtaskId, Stored> given = taken.getOrDefault(checkpoint, Map.of());
        if (checkpoint <= completeNumber || !given.keySet().containsAll(unfinished)) {
            return false;
        }
        Map<SubtaskId, Stored> all = new HashMap<>(complete);
        all.putAll(given);
        complete = all;
        completeNumber = checkpoint;
        return true;
    }

    /** The last complete checkpoint ended the job: those who go on from it only commit. */
    public SnapshotKeeper stopped() {
        stopped = true;
        return this;
    }

    /** Those who go on from it go on with everything. */
    public SnapshotKeeper resumed() {
        stopped = false;
        return this;
    }

    public boolean hasTaken() {
        return !taken.isEmpty();
    }

    public boolean hasComplete() {
        return completeNumber > 0;
    }

    /** From where each subtask of a vertex goes on. Operators keep their ids from run to run, their vertices do not. */
    public RestorePoint restorePoint(JobVertex vertex) {
        List<SegmentFile> files = new ArrayList<>();
        List<OperatorRestore> operators = new ArrayList<>();
        for (OperatorNode node : vertex.operators()) {
            Map<Integer, List<StatePart>> bySubtask = new TreeMap<>();
            Map<String, StateSchema> schemas = new LinkedHashMap<>();
            int earlierParallelism = 0;
            for (Map.Entry<SubtaskId, Stored> task : complete.entrySet()) {
                if (!task.getValue().parts.containsKey(node.id())) {
                    continue;
                }
                earlierParallelism = Math.max(earlierParallelism, task.getKey().index() + 1);
                Stored stored = task.getValue();
                Map<Integer, List<StatePart>> moved = new HashMap<>();
                for (StatePart part : stored.parts.getOrDefault(node.id(), List.of())) {
                    add(moved, files, node.id(), part, stored.files.get(part.file()));
                }
                bySubtask.put(task.getKey().index(), moved.getOrDefault(node.id(), List.of()));
                stored.schemas.stream()
                        .filter(schema -> schema.operator() == node.id())
                        .forEach(schema -> schema.schemas().forEach(each -> schemas.put(each.state(), each)));
            }
            operators.add(new OperatorRestore(
                    node.id(),
                    Math.max(1, earlierParallelism),
                    List.copyOf(schemas.values()),
                    bySubtask.entrySet().stream()
                            .map(entry -> new SubtaskSnapshot(entry.getKey(), entry.getValue()))
                            .toList()));
        }
        return new RestorePoint(job, completeNumber, place, files, operators, stopped);
    }
}

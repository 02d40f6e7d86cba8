package io.millrace.taskmanager.server.checkpoint;

import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.graph.gateway.FromTaskManager.CheckpointAcknowledged;
import io.millrace.common.graph.snapshot.OperatorParts;
import io.millrace.common.graph.snapshot.OperatorSchemas;
import io.millrace.common.graph.snapshot.SegmentFile;
import io.millrace.common.graph.snapshot.SnapshotCost;
import io.millrace.common.graph.snapshot.StatePart;
import io.millrace.common.graph.snapshot.StateSchema;
import io.millrace.common.graph.snapshot.SubtaskAcknowledgement;
import io.millrace.taskmanager.runtime.snapshot.EarlierPart;
import io.millrace.taskmanager.runtime.snapshot.SnapshotPart;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Puts together what the JobManager is told when all parts have their places. Used once. */
final class Acknowledgement {
    private final WrittenParts written;
    private final long nowNanos;
    private final Map<String, Integer> indexes = new HashMap<>();
    private final List<SegmentFile> files = new ArrayList<>();
    private final Map<Integer, Set<StateSchema>> schemas = new LinkedHashMap<>();
    private final List<SubtaskAcknowledgement> subtasks = new ArrayList<>();
    private final Map<SubtaskId, Map<EarlierPart, LocatedPart>> located = new LinkedHashMap<>();

    private int nextPlace;

    /**
     * @param snapshots in the order of the parts that were written
     * @param nowNanos when they became durable
     */
    Acknowledgement(List<GivenSnapshot> snapshots, WrittenParts written, long nowNanos) {
        this.written = written;
        this.nowNanos = nowNanos;
        snapshots.forEach(this::add);
    }

    CheckpointAcknowledged message(RunOfJob run, long checkpoint) {
        List<OperatorSchemas> told = new ArrayList<>();
        schemas.forEach((operator, ofOperator) -> told.add(new OperatorSchemas(operator, List.copyOf(ofOperator))));
        return new CheckpointAcknowledged(run.job(), run.run(), checkpoint, files, told, subtasks);
    }

    /** Where all parts of each task's snapshot lie, under the names by which later snapshots may call them. */
    Map<SubtaskId, Map<EarlierPart, LocatedPart>> located() {
        return located;
    }

    private void add(GivenSnapshot given) {
        Map<EarlierPart, LocatedPart> all = new LinkedHashMap<>(given.earlier());
        long writtenBytes = 0;
        List<SnapshotPart> parts = given.snapshot().parts();
        for (int i = 0; i < parts.size(); i++) {
            WrittenParts.Place place = written.places().get(nextPlace++);
            writtenBytes += place.length();
            SnapshotPart part = parts.get(i);
            all.put(
                    new EarlierPart(part.operator(), given.snapshot().checkpoint(), i),
                    LocatedPart.of(part, written, place));
        }
        located.put(given.task(), all);
        for (OperatorSchemas operator : given.snapshot().schemas()) {
            schemas.computeIfAbsent(operator.operator(), key -> new LinkedHashSet<>())
                    .addAll(operator.schemas());
        }
        subtasks.add(new SubtaskAcknowledgement(given.task(), operators(all), cost(given, all, writtenBytes)));
    }

    /** What is earlier stands first in the map, so it does in each operator's list. */
    private List<OperatorParts> operators(Map<EarlierPart, LocatedPart> all) {
        Map<Integer, List<StatePart>> byOperator = new LinkedHashMap<>();
        for (LocatedPart part : all.values()) {
            byOperator
                    .computeIfAbsent(part.operator(), key -> new ArrayList<>())
                    .add(part.inFile(indexOf(part.file())));
        }
        List<OperatorParts> operators = new ArrayList<>();
        byOperator.forEach((operator, parts) -> operators.add(new OperatorParts(operator, parts)));
        return operators;
    }

    private int indexOf(SegmentFile file) {
        return indexes.computeIfAbsent(file.name(), name -> {
            files.add(file);
            return files.size() - 1;
        });
    }

    private SnapshotCost cost(GivenSnapshot given, Map<EarlierPart, LocatedPart> all, long writtenBytes) {
        long stateBytes =
                all.values().stream().mapToLong(part -> part.part().length()).sum();
        return new SnapshotCost(
                stateBytes,
                writtenBytes,
                TimeUnit.NANOSECONDS.toMillis(given.snapshot().alignmentNanos()),
                TimeUnit.NANOSECONDS.toMillis(given.snapshot().synchronousNanos()),
                TimeUnit.NANOSECONDS.toMillis(Math.max(0, nowNanos - given.atNanos())));
    }
}

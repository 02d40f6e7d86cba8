package io.millrace.jobmanager.control.checkpoint;

import io.millrace.common.core.error.Outcome;
import io.millrace.common.core.error.Problem;
import io.millrace.common.graph.JobVertex;
import io.millrace.common.graph.OperatorNode;
import io.millrace.common.graph.gateway.FromTaskManager.CheckpointAcknowledged;
import io.millrace.common.graph.restore.Inflow;
import io.millrace.common.graph.snapshot.CheckpointManifest;
import io.millrace.common.graph.snapshot.OperatorParts;
import io.millrace.common.graph.snapshot.OperatorSchemas;
import io.millrace.common.graph.snapshot.OperatorSnapshot;
import io.millrace.common.graph.snapshot.PartKind;
import io.millrace.common.graph.snapshot.SegmentFile;
import io.millrace.common.graph.snapshot.StatePart;
import io.millrace.common.graph.snapshot.StateSchema;
import io.millrace.common.graph.snapshot.SubtaskAcknowledgement;
import io.millrace.common.graph.snapshot.SubtaskSnapshot;
import io.millrace.jobmanager.control.contract.FileCopy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * Puts the acknowledgements of one checkpoint together. Used once.
 *
 * <p>A subtask that had finished is not asked again: what it had in the last complete checkpoint of the run is carried
 * on, so that a restore does not begin it anew; a savepoint takes it along as a copy.
 */
final class ManifestAssembly {
    private final CheckpointJob job;
    private final PendingCheckpoint pending;
    private final SavepointCopies copies;
    private final Map<String, Integer> indexes = new HashMap<>();
    private final List<SegmentFile> files = new ArrayList<>();
    private final Map<Integer, Map<String, StateSchema>> schemas = new HashMap<>();
    private final Map<Integer, Map<Integer, List<StatePart>>> parts = new HashMap<>();
    private final Map<Integer, Set<Integer>> acknowledged = new HashMap<>();

    /** @param nonces for files that have to be copied */
    ManifestAssembly(CheckpointJob job, PendingCheckpoint pending, LongSupplier nonces) {
        this.job = job;
        this.pending = pending;
        this.copies = new SavepointCopies(pending.id(), nonces);
    }

    /** @param copies what is to be written before the manifest */
    record Assembled(CheckpointManifest manifest, List<FileCopy> copies) {}

    /** @param latest the last complete checkpoint, from which finished subtasks are carried on */
    Outcome<Assembled> assemble(Optional<CompletedCheckpoint> latest, long completedAtEpochMs) {
        Optional<Problem> problem = pending.acknowledgements().values().stream()
                .map(this::add)
                .flatMap(Optional::stream)
                .findFirst();
        if (problem.isPresent()) {
            return Outcome.failure(problem.get());
        }
        latest.map(CompletedCheckpoint::manifest)
                .filter(manifest -> manifest.run() == pending.pointer().run())
                .ifPresent(this::carryFinished);
        List<FileCopy> copied = copies.finish();
        CheckpointManifest manifest = new CheckpointManifest(
                job.id(),
                job.graph().name(),
                pending.id(),
                pending.pointer().run(),
                pending.isSavepoint(),
                pending.triggered().epochMs(),
                completedAtEpochMs,
                files,
                operators());
        return Outcome.success(new Assembled(manifest, copied));
    }

    private Optional<Problem> add(CheckpointAcknowledged ack) {
        for (OperatorSchemas operator : ack.schemas()) {
            Map<String, StateSchema> known = schemas.computeIfAbsent(operator.operator(), key -> new LinkedHashMap<>());
            for (StateSchema schema : operator.schemas()) {
                StateSchema other = known.putIfAbsent(schema.state(), schema);
                if (other != null && !other.equals(schema)) {
                    return Optional.of(Problem.of(
                            CheckpointErrors.CHECKPOINT_BAD_ACKNOWLEDGEMENT,
                            "State '" + schema.state() + "' of operator " + operator.operator()
                                    + " is written in two different forms"));
                }
            }
        }
        for (SubtaskAcknowledgement subtask : ack.subtasks()) {
            int index = subtask.subtask().index();
            acknowledged
                    .computeIfAbsent(subtask.subtask().vertex(), key -> new HashSet<>())
                    .add(index);
            for (OperatorParts operator : subtask.operators()) {
                put(operator.operator(), index, operator.parts(), ack.files());
            }
        }
        return Optional.empty();
    }

    private void carryFinished(CheckpointManifest last) {
        Map<String, OperatorSnapshot> byIdentity = new HashMap<>();
        last.operators().forEach(operator -> byIdentity.put(operator.identity(), operator));
        for (JobVertex vertex : job.graph().vertices()) {
            Set<Integer> asked = acknowledged.getOrDefault(vertex.id(), Set.of());
            for (OperatorNode node : vertex.operators()) {
                OperatorSnapshot before = byIdentity.get(job.identities().apply(node));
                if (before == null) {
                    continue;
                }
                for (SubtaskSnapshot subtask : before.subtasks()) {
                    if (asked.contains(subtask.index()) || subtask.parts().isEmpty()) {
                        continue;
                    }
                    carry(node.id(), subtask, last.files());
                    Map<String, StateSchema> known = schemas.computeIfAbsent(node.id(), key -> new LinkedHashMap<>());
                    before.schemas().forEach(schema -> known.putIfAbsent(schema.state(), schema));
                }
            }
        }
    }

    private void carry(int operator, SubtaskSnapshot subtask, List<SegmentFile> from) {
        if (!pending.isSavepoint()) {
            put(operator, subtask.index(), subtask.parts(), from);
            return;
        }
        for (StatePart part : subtask.parts()) {
            copies.add(
                    from.get(part.file()),
                    part,
                    (moved, file) -> put(operator, subtask.index(), List.of(moved), List.of(file)));
        }
    }

    private void put(int operator, int subtask, List<StatePart> added, List<SegmentFile> from) {
        List<StatePart> list = parts.computeIfAbsent(operator, key -> new TreeMap<>())
                .computeIfAbsent(subtask, key -> new ArrayList<>());
        for (StatePart part : added) {
            SegmentFile file = from.get(part.file());
            int index = indexes.computeIfAbsent(file.name(), name -> {
                files.add(file);
                return files.size() - 1;
            });
            list.add(new StatePart(
                    part.kind(),
                    part.state(),
                    part.fromGroup(),
                    part.toGroup(),
                    index,
                    part.offset(),
                    part.length(),
                    part.entries()));
        }
    }

    private List<OperatorSnapshot> operators() {
        List<OperatorSnapshot> snapshots = new ArrayList<>();
        for (JobVertex vertex : job.graph().vertices()) {
            for (OperatorNode node : vertex.operators()) {
                List<SubtaskSnapshot> subtasks = new ArrayList<>();
                parts.getOrDefault(node.id(), Map.of()).forEach((index, list) -> {
                    if (!list.isEmpty()) {
                        subtasks.add(new SubtaskSnapshot(index, list));
                    }
                });
                if (!subtasks.isEmpty()) {
                    snapshots.add(new OperatorSnapshot(
                            job.identities().apply(node),
                            node.name(),
                            vertex.parallelism(),
                            vertex.maxParallelism(),
                            schemasOf(vertex, node, subtasks),
                            subtasks));
                }
            }
        }
        return snapshots;
    }

    /** Elements under way can be taken up only by who knows where they came from. */
    private List<StateSchema> schemasOf(JobVertex vertex, OperatorNode node, List<SubtaskSnapshot> subtasks) {
        List<StateSchema> all = new ArrayList<>();
        for (StateSchema schema : schemas.getOrDefault(node.id(), Map.of()).values()) {
            if (!Inflow.isNameOf(schema)) {
                all.add(schema);
            }
        }
        boolean underWay = subtasks.stream()
                .flatMap(subtask -> subtask.parts().stream())
                .anyMatch(part -> part.kind() == PartKind.IN_FLIGHT);
        if (underWay) {
            all.addAll(Inflow.written(Inflow.of(job.graph(), vertex, node, job.identities())));
        }
        return all;
    }
}

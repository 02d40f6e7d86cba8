package io.millrace.common.graph.restore;

import io.millrace.common.core.error.Problem;
import io.millrace.common.graph.JobGraph;
import io.millrace.common.graph.JobVertex;
import io.millrace.common.graph.OperatorNode;
import io.millrace.common.graph.identity.IdentityMatch;
import io.millrace.common.graph.snapshot.CheckpointManifest;
import io.millrace.common.graph.snapshot.OperatorSnapshot;
import io.millrace.common.graph.snapshot.PartKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How the state of a checkpoint fits the operators of a job.
 *
 * @param taken by the id of the operator that takes it up, in the order of the checkpoint
 * @param dropped state of operators that the job does not have
 * @param ambiguous state that could be that of more than one operator
 * @param states of the operators that are taken up, in the order of the job
 * @param inFlight of the operators that are taken up, those that elements were on their way to
 * @param resized keyed state of operators that have another number of key groups now; also among {@code taken}
 * @param fresh operators of the job that take up nothing, in its order; most have no state at all
 */
public record StateFit(
        Map<Integer, OperatorSnapshot> taken,
        List<OperatorSnapshot> dropped,
        List<OperatorSnapshot> ambiguous,
        List<Resized> resized,
        List<StateMatch> states,
        List<InFlightFit> inFlight,
        List<OperatorNode> fresh) {
    public StateFit {
        taken = Map.copyOf(taken);
        dropped = List.copyOf(dropped);
        ambiguous = List.copyOf(ambiguous);
        resized = List.copyOf(resized);
        states = List.copyOf(states);
        inFlight = List.copyOf(inFlight);
        fresh = List.copyOf(fresh);
    }

    /** @param maxParallelism the operator's number of key groups now */
    public record Resized(OperatorSnapshot operator, int maxParallelism) {}

    /** @param identities of the operators of the graph, by their ids */
    public static StateFit of(CheckpointManifest manifest, JobGraph graph, Map<Integer, String> identities) {
        Map<String, OperatorSnapshot> snapshots = new LinkedHashMap<>();
        manifest.operators().forEach(operator -> snapshots.put(operator.identity(), operator));
        IdentityMatch match = IdentityMatch.of(snapshots.keySet(), identities.values());
        Map<String, OperatorSnapshot> byNewIdentity = new HashMap<>();
        match.matched().forEach((old, now) -> {
            OperatorSnapshot snapshot = snapshots.get(old);
            if (snapshot != null) {
                byNewIdentity.put(now, snapshot);
            }
        });
        Map<Integer, OperatorSnapshot> taken = new LinkedHashMap<>();
        List<Resized> resized = new ArrayList<>();
        List<StateMatch> states = new ArrayList<>();
        List<InFlightFit> inFlight = new ArrayList<>();
        List<OperatorNode> fresh = new ArrayList<>();
        for (JobVertex vertex : graph.vertices()) {
            for (OperatorNode node : vertex.operators()) {
                OperatorSnapshot snapshot = byNewIdentity.get(identities.getOrDefault(node.id(), ""));
                if (snapshot == null) {
                    fresh.add(node);
                    continue;
                }
                taken.put(node.id(), snapshot);
                StateMatch.of(snapshot, node).forEach(states::add);
                List<Inflow> inflows =
                        Inflow.of(graph, vertex, node, sender -> identities.getOrDefault(sender.id(), ""));
                InFlightFit.of(snapshot, inflows, identities.values()).ifPresent(inFlight::add);
                if (isKeyed(snapshot) && snapshot.maxParallelism() != vertex.maxParallelism()) {
                    resized.add(new Resized(snapshot, vertex.maxParallelism()));
                }
            }
        }
        return new StateFit(
                taken,
                named(match.dropped(), snapshots),
                named(match.ambiguous(), snapshots),
                resized,
                states,
                inFlight,
                fresh);
    }

    /**
     * Why the job cannot begin with it; empty if it can.
     *
     * @param allowDropped whether state of operators that the job does not have may be left behind
     */
    public Optional<Problem> refusal(boolean allowDropped) {
        if (!ambiguous.isEmpty()) {
            return Optional.of(Problem.of(
                            RestoreErrors.STATE_AMBIGUOUS,
                            "State of " + names(ambiguous) + " could be that of more than one operator")
                    .because(
                            "Operators without a uid are told apart by what is before and behind them, and that changed"
                                    + " where several are alike")
                    .fix("Give every operator with state a uid; once, run the unchanged program with the uids set"
                            + " and take a savepoint of that"));
        }
        if (!dropped.isEmpty() && !allowDropped) {
            return Optional.of(Problem.of(
                            RestoreErrors.STATE_WITHOUT_OPERATOR,
                            "The job has no operator for the state of " + names(dropped))
                    .because("An operator is known by its uid, else by its place in the job")
                    .fix("Is it the right checkpoint? To leave this state behind: --allow-dropped-state"
                            + " (job.allow-dropped-state)"));
        }
        return resized.stream()
                .findFirst()
                .map(StateFit::resized)
                .or(() -> states.stream()
                        .map(StateMatch::refusal)
                        .flatMap(Optional::stream)
                        .findFirst())
                .or(() ->
                        inFlight.stream().filter(one -> !one.fits()).findFirst().map(InFlightFit::problem));
    }

    private static Problem resized(Resized one) {
        return Problem.of(
                        RestoreErrors.MAX_PARALLELISM_CHANGED,
                        "Operator " + names(List.of(one.operator())) + " has " + one.maxParallelism()
                                + " key groups, and had "
                                + one.operator().maxParallelism())
                .because("Keyed state is stored by key group")
                .fix("Set the operator's max parallelism to " + one.operator().maxParallelism());
    }

    /** Names of operators, for people. */
    public static String names(List<OperatorSnapshot> operators) {
        return operators.stream().map(StateFit::name).collect(Collectors.joining(", "));
    }

    /** An operator's name and identity, for people. */
    public static String name(OperatorSnapshot operator) {
        return "'" + operator.name() + "' (" + operator.identity() + ")";
    }

    private static List<OperatorSnapshot> named(List<String> identities, Map<String, OperatorSnapshot> snapshots) {
        return identities.stream()
                .map(identity -> Optional.ofNullable(snapshots.get(identity)))
                .flatMap(Optional::stream)
                .toList();
    }

    private static boolean isKeyed(OperatorSnapshot operator) {
        return operator.subtasks().stream()
                .flatMap(subtask -> subtask.parts().stream())
                .anyMatch(part -> part.kind() == PartKind.KEYED_BASE
                        || part.kind() == PartKind.KEYED_DELTA
                        || part.kind() == PartKind.TIMERS);
    }
}

package io.millrace.api.plan.builder;

import io.millrace.api.ApiErrors;
import io.millrace.api.execution.JobTerms;
import io.millrace.api.plan.EnumeratorSpec;
import io.millrace.api.plan.OperatorPlan;
import io.millrace.api.plan.OperatorSpec;
import io.millrace.api.plan.SourceSpec;
import io.millrace.api.types.TypeInformation;
import io.millrace.common.core.config.Configuration;
import io.millrace.common.core.config.JobOptions;
import io.millrace.common.core.error.Problem;
import io.millrace.common.graph.ExchangeKind;
import io.millrace.common.graph.JobEdge;
import io.millrace.common.graph.JobGraph;
import io.millrace.common.graph.JobVertex;
import io.millrace.common.graph.OpaqueBytes;
import io.millrace.common.graph.OperatorNode;
import io.millrace.common.graph.OperatorTypes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes the job graph of a draft: checks it, finds its types, chains its operators, serializes them. Operators keep
 * their ids; a source becomes an enumerator's vertex of parallelism 1, an assignment edge and the readers' vertex.
 */
public final class JobGraphBuilder {
    private static final int MAX_VERTEX_NAME = 240;

    private final Problems problems = new Problems();
    private final List<JobVertex> vertices = new ArrayList<>();
    private final List<JobEdge> edges = new ArrayList<>();
    private final Map<OperatorDraft<?, ?>, OperatorSpec> specs = new HashMap<>();
    private final Map<OperatorDraft<?, ?>, Map<String, TypeInformation<?>>> sideOutputs = new HashMap<>();
    private final Map<OperatorDraft<?, ?>, Integer> vertexOf = new HashMap<>();

    private JobGraphBuilder() {}

    /**
     * @param name the job's name
     * @param configuration the job's settings
     * @param chaining whether operators may be chained at all
     * @throws io.millrace.common.core.error.MillraceException with everything that is wrong with the job
     */
    public static JobGraph build(JobDraft draft, String name, Map<String, String> configuration, boolean chaining) {
        return new JobGraphBuilder().buildGraph(draft.operators(), name, configuration, chaining);
    }

    private JobGraph buildGraph(
            List<OperatorDraft<?, ?>> added, String name, Map<String, String> configuration, boolean chaining) {
        List<OperatorDraft<?, ?>> operators = withUpstream(added);
        JobRules.check(operators, problems);
        JobTerms terms = terms(configuration);
        operators.forEach(operator -> resolve(operator, terms));
        for (Chain chain : Chain.divide(operators, chaining)) {
            addVertices(chain);
        }
        problems.throwIfAny(name);
        return new JobGraph(JobGraph.FORMAT_VERSION, name, vertices, edges, List.of(), configuration);
    }

    /** The operators added and all that they read from, with every operator behind those it reads from. */
    private static List<OperatorDraft<?, ?>> withUpstream(List<OperatorDraft<?, ?>> added) {
        Set<OperatorDraft<?, ?>> reached = new HashSet<>();
        List<OperatorDraft<?, ?>> toVisit = new ArrayList<>(added);
        while (!toVisit.isEmpty()) {
            OperatorDraft<?, ?> operator = toVisit.remove(toVisit.size() - 1);
            if (reached.add(operator)) {
                operator.inputs().forEach(input -> toVisit.add(input.from()));
            }
        }
        return reached.stream()
                .sorted(Comparator.comparingInt(OperatorDraft::id))
                .collect(Collectors.toList());
    }

    private static JobTerms terms(Map<String, String> configuration) {
        Configuration settings = Configuration.of(configuration, "the job's settings");
        return new JobTerms(settings.get(JobOptions.CHECKPOINT_INTERVAL), settings.get(JobOptions.CHECKPOINT_TIMEOUT));
    }

    private void resolve(OperatorDraft<?, ?> operator, JobTerms terms) {
        OperatorSpec spec = problems.attempt(() -> operator.checkedSpec(terms));
        if (spec != null) {
            specs.put(operator, spec);
        }
        for (Upstream<?> input : operator.inputs()) {
            if (input.sideOutput() != null) {
                problems.attempt(() -> {
                    resolveSideOutput(input, operator);
                    return operator;
                });
            }
        }
    }

    private void resolveSideOutput(Upstream<?> input, OperatorDraft<?, ?> reader) {
        TypeInformation<?> type = input.type().information();
        TypeInformation<?> other = sideOutputs
                .computeIfAbsent(input.from(), operator -> new TreeMap<>())
                .putIfAbsent(input.sideOutputId(), type);
        if (other != null && !other.equals(type)) {
            problems.add(Problem.of(
                            ApiErrors.SIDE_OUTPUT_TYPE_CONFLICT,
                            "The side output '" + input.sideOutputId() + "' is read as " + other.describe() + " and as "
                                    + type.describe())
                    .at(reader.location())
                    .fix("Use one OutputTag for writing and reading, kept in a constant"));
        }
    }

    private void addVertices(Chain chain) {
        OperatorDraft<?, ?> head = chain.head();
        Integer enumerator = specs.get(head) instanceof SourceSpec<?, ?> source ? addEnumerator(head, source) : null;
        int id = vertices.size();
        List<OperatorNode> nodes = new ArrayList<>();
        for (OperatorDraft<?, ?> operator : chain.operators()) {
            OperatorSpec spec = specs.get(operator);
            nodes.add(node(operator, operator.id(), operator.name(), spec == null ? null : plan(operator, spec)));
            vertexOf.put(operator, id);
        }
        vertices.add(new JobVertex(
                id,
                vertexName(chain),
                head.parallelism(),
                head.maxParallelism(),
                head.slotSharingGroup(),
                nodes,
                chain.links()));
        if (enumerator != null) {
            addEdge(enumerator, enumeratorId(head), "", id, ExchangeKind.ASSIGNMENT, OpaqueBytes.EMPTY);
        }
        for (Upstream<?> input : head.inputs()) {
            OpaqueBytes payload = problems.attempt(() -> exchangePayload(input, head));
            addEdge(
                    vertexOf.get(input.from()),
                    input.from().id(),
                    input.sideOutputId(),
                    id,
                    Chain.kindOf(input, head),
                    payload == null ? OpaqueBytes.EMPTY : payload);
        }
    }

    private int addEnumerator(OperatorDraft<?, ?> head, SourceSpec<?, ?> source) {
        int id = vertices.size();
        EnumeratorSpec<?, ?> spec = new EnumeratorSpec<>(source.source(), head.parallelism());
        String name = head.name() + " (splits)";
        vertices.add(new JobVertex(
                id,
                name,
                1,
                head.maxParallelism(),
                head.slotSharingGroup(),
                List.of(node(head, enumeratorId(head), name, new OperatorPlan(spec, Map.of()))),
                List.of()));
        return id;
    }

    /** Drafts of sources take two ids. */
    private static int enumeratorId(OperatorDraft<?, ?> source) {
        return source.id() - 1;
    }

    /** @param plan null if it could not be made, with the problem noted */
    private OperatorNode node(OperatorDraft<?, ?> operator, int id, String name, @Nullable OperatorPlan plan) {
        OpaqueBytes payload = plan == null ? null : problems.attempt(() -> PlanCodec.write(plan, operator.location()));
        String uid = id == operator.id() || operator.uid().isEmpty() ? operator.uid() : operator.uid() + "/splits";
        return new OperatorNode(
                id,
                uid,
                name,
                operator.place(),
                payload == null ? OpaqueBytes.EMPTY : payload,
                plan == null ? OperatorTypes.UNKNOWN : KnownTypes.of(plan));
    }

    private OperatorPlan plan(OperatorDraft<?, ?> operator, OperatorSpec spec) {
        Map<String, TypeInformation<?>> outputs = sideOutputs.getOrDefault(operator, Map.of());
        return new OperatorPlan(spec, new TreeMap<>(outputs));
    }

    private static <T> OpaqueBytes exchangePayload(Upstream<T> input, OperatorDraft<?, ?> target) {
        return PlanCodec.write(input.exchange().spec(input.type()), target.location());
    }

    private void addEdge(
            int fromVertex, int fromOperator, String sideOutput, int toVertex, ExchangeKind kind, OpaqueBytes payload) {
        edges.add(new JobEdge(edges.size(), fromVertex, fromOperator, sideOutput, toVertex, 0, kind, payload));
    }

    private static String vertexName(Chain chain) {
        String name = chain.operators().stream()
                .map(operator -> operator.description().isEmpty() ? operator.name() : operator.description())
                .collect(Collectors.joining(" -> "));
        return name.length() <= MAX_VERTEX_NAME ? name : name.substring(0, MAX_VERTEX_NAME - 3) + "...";
    }
}

package io.millrace.api.plan.builder;

import io.millrace.api.ApiErrors;
import io.millrace.common.core.error.Problem;
import io.millrace.common.graph.ExchangeKind;
import io.millrace.common.graph.JobVertex;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The structural rules that a job must keep to. */
final class JobRules {
    static final int MAX_OPERATORS = 10_000;
    static final int MAX_PARALLELISM = JobVertex.DEFAULT_MAX_PARALLELISM;

    private JobRules() {}

    static void check(List<OperatorDraft<?, ?>> operators, Problems problems) {
        if (operators.isEmpty()) {
            problems.add(Problem.of(ApiErrors.JOB_WITHOUT_SOURCE, "The job has no operators")
                    .fix("Add a source, such as fromData(...), and a sink, such as print(), before execute()"));
            return;
        }
        if (operators.size() > MAX_OPERATORS) {
            problems.add(Problem.of(
                            ApiErrors.JOB_TOO_LARGE,
                            "The job has " + operators.size() + " operators, the limit is " + MAX_OPERATORS)
                    .fix("Look for a loop that adds operators; split the job"));
        }
        if (operators.stream().noneMatch(OperatorDraft::isSink)) {
            OperatorDraft<?, ?> last = operators.get(operators.size() - 1);
            problems.add(Problem.of(ApiErrors.JOB_WITHOUT_SINK, "The job has no sink, so nothing would come of it")
                    .at(last.location())
                    .fix("End a stream with print(), sinkTo(...) or executeAndCollect()"));
        }
        Map<String, OperatorDraft<?, ?>> byUid = new HashMap<>();
        for (OperatorDraft<?, ?> operator : operators) {
            checkUid(operator, byUid, problems);
            checkParallelism(operator, problems);
            operator.inputs().forEach(input -> checkForward(input, operator, problems));
        }
    }

    private static void checkUid(
            OperatorDraft<?, ?> operator, Map<String, OperatorDraft<?, ?>> byUid, Problems problems) {
        if (operator.uid().isEmpty()) {
            return;
        }
        OperatorDraft<?, ?> other = byUid.putIfAbsent(operator.uid(), operator);
        if (other != null) {
            problems.add(Problem.of(ApiErrors.UID_NOT_UNIQUE, "Two operators have the uid '" + operator.uid() + "'")
                    .at(operator.location() + " and " + other.location())
                    .because("state is found again by the uid")
                    .fix("Give each operator a uid of its own"));
        }
    }

    private static void checkParallelism(OperatorDraft<?, ?> operator, Problems problems) {
        int parallelism = operator.parallelism();
        int max = operator.maxParallelism();
        if (max < 1 || max > MAX_PARALLELISM) {
            problems.add(Problem.of(
                            ApiErrors.PARALLELISM_OUT_OF_BOUNDS,
                            "A maximum parallelism is from 1 to " + MAX_PARALLELISM + ", found " + max)
                    .at(operator.location())
                    .fix("Correct setMaxParallelism, or leave it out"));
        } else if (parallelism < 1 || parallelism > max) {
            problems.add(Problem.of(
                            ApiErrors.PARALLELISM_OUT_OF_BOUNDS,
                            "A parallelism is from 1 to the maximum parallelism of " + max + ", found " + parallelism)
                    .at(operator.location())
                    .fix("Correct setParallelism or '-p', or raise setMaxParallelism (up to " + MAX_PARALLELISM + ")"));
        }
    }

    private static void checkForward(Upstream<?> input, OperatorDraft<?, ?> operator, Problems problems) {
        boolean forward = input.exchange().kind() == ExchangeKind.FORWARD;
        if (forward && input.from().parallelism() != operator.parallelism()) {
            problems.add(Problem.of(
                            ApiErrors.FORWARD_NOT_POSSIBLE,
                            "forward() needs the same parallelism on both sides, found "
                                    + input.from().parallelism() + " and " + operator.parallelism())
                    .at(operator.location() + " behind " + input.from().location())
                    .fix("Use rebalance() or rescale(), or set the same parallelism"));
        }
    }
}

package io.millrace.deploy.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.environment.StreamExecutionEnvironment;
import io.millrace.api.execution.ExecutionContext;
import io.millrace.api.tuple.Tuple2;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** First light: records from a source to a client, within a process and across two. */
@Timeout(60)
final class EmbeddedJobTest {

    private static <T> List<T> collect(int taskManagers, int parallelism, Job<T> job) throws Exception {
        try (EmbeddedCluster cluster = EmbeddedCluster.start(taskManagers, 2);
                ExecutionContext.Scope scope = new ExecutionContext(
                                cluster.executor(new ConsoleObserver()), parallelism, null, Map.of(), false)
                        .install()) {
            assertThat(scope).isNotNull();
            return job.run(StreamExecutionEnvironment.getExecutionEnvironment());
        }
    }

    /** Builds a job and collects its results. */
    private interface Job<T> {
        List<T> run(StreamExecutionEnvironment env) throws Exception;
    }

    @Test
    void mappedAndFilteredNumbersComeBack() throws Exception {
        List<Long> results = collect(1, 1, env -> env.fromSequence(1, 1_000)
                .map(x -> x * 2)
                .filter(x -> x % 3 == 0)
                .executeAndCollect(10_000));
        assertThat(results)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 1_000)
                        .map(x -> x * 2)
                        .filter(x -> x % 3 == 0)
                        .boxed()
                        .toList());
    }

    @Test
    void keyedSumsAcrossTwoTaskManagersAreRight() throws Exception {
        List<Tuple2<String, Long>> results = collect(2, 4, env -> env.fromSequence(0, 9_999)
                .map(x -> Tuple2.of("k" + x % 10, 1L))
                .keyBy(t -> t.f0)
                .sum(1)
                .executeAndCollect(100_000));
        assertThat(results).hasSize(10_000);
        for (int key = 0; key < 10; key++) {
            String name = "k" + key;
            assertThat(results.stream()
                            .filter(t -> t.f0.equals(name))
                            .mapToLong(t -> t.f1)
                            .max()
                            .orElse(0))
                    .isEqualTo(1_000);
        }
    }

    @Test
    void aFunctionThatThrowsFailsTheJobWithItsPlaceAndCause() {
        assertThatThrownBy(() -> collect(2, 2, env -> env.fromSequence(1, 100)
                        .map(x -> 100 / (x - 50))
                        .name("divide")
                        .executeAndCollect(1_000)))
                .hasStackTraceContaining("USER_FUNCTION_FAILED")
                .hasStackTraceContaining("divide")
                .hasStackTraceContaining("EmbeddedJobTest.java");
    }
}

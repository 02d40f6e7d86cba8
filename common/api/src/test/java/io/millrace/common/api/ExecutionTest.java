package io.millrace.common.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.environment.CheckpointConfig;
import io.millrace.api.environment.CheckpointingMode;
import io.millrace.api.environment.ExecutionConfig;
import io.millrace.api.environment.ExternalizedCheckpointRetention;
import io.millrace.api.environment.StreamExecutionEnvironment;
import io.millrace.api.execution.CollectedBatches;
import io.millrace.api.execution.ExecutionContext;
import io.millrace.api.execution.JobClient;
import io.millrace.api.execution.JobExecutionResult;
import io.millrace.api.execution.JobExecutor;
import io.millrace.common.core.config.Configuration;
import io.millrace.common.core.config.JobOptions;
import io.millrace.common.core.error.ErrorCode;
import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.JobId;
import io.millrace.common.graph.JobGraph;
import io.millrace.common.graph.execution.JobStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What an environment hands to an executor, and what it makes of the answer. */
class ExecutionTest {
    private static final JobId JOB = new JobId(1, 2);

    private enum TestErrors implements ErrorCode {
        TASK_FAILED
    }

    /** Accepts every job and keeps its graph. */
    private static final class KeepingExecutor implements JobExecutor {
        final List<JobGraph> graphs = new ArrayList<>();
        final CompletableFuture<JobExecutionResult> result = new CompletableFuture<>();

        @Override
        public JobClient submit(JobGraph graph) {
            graphs.add(graph);
            return new Client(result);
        }
    }

    private record Client(CompletableFuture<JobExecutionResult> result) implements JobClient {
        @Override
        public JobId getJobID() {
            return JOB;
        }

        @Override
        public CompletableFuture<JobStatus> getJobStatus() {
            return CompletableFuture.completedFuture(JobStatus.RUNNING);
        }

        @Override
        public CompletableFuture<Void> cancel() {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletableFuture<JobExecutionResult> getJobExecutionResult() {
            return result;
        }

        @Override
        public CollectedBatches collect(int operatorId) {
            throw new UnsupportedOperationException("nothing is collected here");
        }
    }

    private final KeepingExecutor executor = new KeepingExecutor();

    private ExecutionContext context(int parallelism, @Nullable String name, boolean detached) {
        return new ExecutionContext(
                executor, parallelism, name, Map.of("job.auto-watermark-interval", "50ms"), detached);
    }

    private static StreamExecutionEnvironment environmentWithJob() {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.fromSequence(1, 2).print();
        return env;
    }

    @Test
    void contextGivesParallelismNameAndSettings() {
        executor.result.complete(new JobExecutionResult(JOB, 1_500));
        try (ExecutionContext.Scope scope = context(4, "forced", false).install()) {
            JobExecutionResult result = environmentWithJob().execute("own name");
            assertThat(result.getJobID()).isEqualTo(JOB);
            assertThat(result.getNetRuntime(TimeUnit.SECONDS)).isEqualTo(1);
            assertThat(scope).isNotNull();
        }
        JobGraph graph = executor.graphs.get(0);
        assertThat(graph.name()).isEqualTo("forced");
        assertThat(graph.vertices().get(1).parallelism()).isEqualTo(4);
        assertThat(graph.configuration()).containsEntry("job.auto-watermark-interval", "50ms");
        assertThat(ExecutionContext.current()).isNull();
    }

    @Test
    void programOverridesWhatTheCommandLineSets() {
        executor.result.complete(new JobExecutionResult(JOB, 1));
        try (ExecutionContext.Scope scope = context(4, null, false).install()) {
            StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
            env.getConfig().setAutoWatermarkInterval(Duration.ofMillis(7));
            env.setParallelism(2).fromSequence(1, 2).print();
            env.execute();
            assertThat(scope).isNotNull();
        }
        JobGraph graph = executor.graphs.get(0);
        assertThat(graph.name()).isEqualTo(StreamExecutionEnvironment.DEFAULT_JOB_NAME);
        assertThat(graph.vertices().get(1).parallelism()).isEqualTo(2);
        assertThat(graph.configuration()).containsEntry("job.auto-watermark-interval", "7ms");
    }

    @Test
    void unknownSettingOfTheCommandLineIsRefused() {
        ExecutionContext bad = new ExecutionContext(executor, 0, null, Map.of("job.object-reus", "true"), false);
        try (ExecutionContext.Scope scope = bad.install()) {
            assertThatThrownBy(StreamExecutionEnvironment::getExecutionEnvironment)
                    .hasMessageContaining("[CONFIG_UNKNOWN_KEY]")
                    .hasMessageContaining("job.object-reuse");
            assertThat(scope).isNotNull();
        }
    }

    @Test
    void detachedProgramDoesNotWait() {
        try (ExecutionContext.Scope scope = context(0, null, true).install()) {
            JobExecutionResult result = environmentWithJob().execute();
            assertThat(result.isDetached()).isTrue();
            assertThat(result.getNetRuntime(TimeUnit.DAYS)).isEqualTo(-1);
            assertThat(scope).isNotNull();
        }
    }

    @Test
    void failureOfTheJobIsThrownWithItsCode() {
        executor.result.completeExceptionally(
                Problem.of(TestErrors.TASK_FAILED, "it broke").asException());
        try (ExecutionContext.Scope scope = context(0, null, false).install()) {
            assertThatThrownBy(() -> environmentWithJob().execute()).hasMessageContaining("[TASK_FAILED] it broke");
            assertThat(scope).isNotNull();
        }
    }

    @Test
    void interruptedProgramIsToldThatTheJobGoesOn() {
        try (ExecutionContext.Scope scope = context(0, null, false).install()) {
            StreamExecutionEnvironment env = environmentWithJob();
            Thread.currentThread().interrupt();
            assertThatThrownBy(env::execute)
                    .hasMessageContaining("[EXECUTION_INTERRUPTED]")
                    .hasMessageContaining("millrace cancel " + JOB);
            assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
            assertThat(scope).isNotNull();
        }
    }

    @Test
    void eachExecutionStartsANewJob() {
        executor.result.complete(new JobExecutionResult(JOB, 1));
        try (ExecutionContext.Scope scope = context(0, null, false).install()) {
            StreamExecutionEnvironment env = environmentWithJob();
            env.execute("first");
            env.fromSequence(1, 2).name("second source").print();
            env.execute("second");
            assertThat(scope).isNotNull();
        }
        assertThat(executor.graphs).extracting(JobGraph::name).containsExactly("first", "second");
        assertThat(Graphs.vertices(executor.graphs.get(1)))
                .containsExactly("second source (splits) x1", "second source -> Sink: Print to Std. Out x1");
    }

    @Test
    void contextHoldsForThreadsStartedInItAndIsRestored() throws InterruptedException {
        ExecutionContext outer = context(1, null, false);
        ExecutionContext inner = context(2, null, false);
        List<@Nullable ExecutionContext> seen = new ArrayList<>();
        try (ExecutionContext.Scope outerScope = outer.install()) {
            try (ExecutionContext.Scope innerScope = inner.install()) {
                Thread child = new Thread(() -> seen.add(ExecutionContext.current()));
                child.start();
                child.join();
                assertThat(innerScope).isNotSameAs(outerScope);
            }
            seen.add(ExecutionContext.current());
        }
        seen.add(ExecutionContext.current());
        assertThat(seen).containsExactly(inner, outer, null);
    }

    @Test
    void settingsTravelWithTheJob() {
        StreamExecutionEnvironment env = environmentWithJob();
        env.enableCheckpointing(5_000, CheckpointingMode.AT_LEAST_ONCE);
        env.getCheckpointConfig().setMinPauseBetweenCheckpoints(10);
        env.getConfig().enableObjectReuse().setGlobalJobParameters(Map.of("input", "a b&c", "rate", "5"));
        env.configure(Configuration.of(Map.of("checkpoint.max-concurrent", "2"), "a test"));
        assertThat(env.getJobGraph("x").configuration())
                .containsOnly(
                        Map.entry("checkpoint.interval", "5000ms"),
                        Map.entry("checkpoint.mode", "at-least-once"),
                        Map.entry("checkpoint.min-pause", "10ms"),
                        Map.entry("checkpoint.max-concurrent", "2"),
                        Map.entry("job.object-reuse", "true"),
                        Map.entry("job.global-parameters", "input=a+b%26c&rate=5"));
        assertThat(env.getConfiguration().get(JobOptions.CHECKPOINT_INTERVAL)).isEqualTo(Duration.ofSeconds(5));
        assertThat(env.getCheckpointConfig().getMaxConcurrentCheckpoints()).isEqualTo(2);
        assertThat(env.getConfig().getGlobalJobParameters()).containsEntry("input", "a b&c");
    }

    @Test
    void checkpointsAreAskedForUnlessTurnedOff() {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        assertThat(env.getCheckpointConfig().isCheckpointingEnabled()).isTrue();
        env.getCheckpointConfig().disableCheckpointing();
        assertThat(env.getCheckpointConfig().isCheckpointingEnabled()).isFalse();
    }

    @Test
    void parametersOfAClassOfTheUsersAreTaken() {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.getConfig().setGlobalJobParameters(new ExecutionConfig.GlobalJobParameters() {
            private static final long serialVersionUID = 1L;

            @Override
            public Map<String, String> toMap() {
                return Map.of("k", "v");
            }
        });
        assertThat(env.getConfig().getGlobalJobParameters()).containsOnly(Map.entry("k", "v"));
    }

    @Test
    void theTutorialsCheckpointSettingsAreTakenAndGivenBack() {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.enableCheckpointing(1_000, CheckpointingMode.EXACTLY_ONCE);
        CheckpointConfig config = env.getCheckpointConfig();
        config.setCheckpointStorageDir("file:///tmp/checkpoints");
        config.setMinPauseBetweenCheckpoints(500);
        config.setMaxConcurrentCheckpoints(1);
        config.setExternalizedCheckpointRetention(ExternalizedCheckpointRetention.DELETE_ON_CANCELLATION);
        config.setAlignedCheckpointTimeout(Duration.ofSeconds(3));

        assertThat(config.getCheckpointStorageDir()).isEqualTo("/tmp/checkpoints");
        assertThat(config.getExternalizedCheckpointRetention())
                .isEqualTo(ExternalizedCheckpointRetention.DELETE_ON_CANCELLATION);
        assertThat(config.isUnalignedCheckpointsEnabled()).isTrue();
        assertThat(config.getAlignedCheckpointTimeout()).isEqualTo(Duration.ofSeconds(3));
        config.enableUnalignedCheckpoints(false);
        assertThat(config.isUnalignedCheckpointsEnabled()).isFalse();
        config.enableCheckpointing(200);
        assertThat(config.getCheckpointInterval()).isEqualTo(200);
        config.setCheckpointStorage("s3://bucket/jobs");
        assertThat(config.getCheckpointStorageDir()).isEqualTo("s3://bucket/jobs");
    }

    @Test
    void aPlaceThatIsNoStorageIsRefusedWithWhatIsAccepted() {
        CheckpointConfig config =
                StreamExecutionEnvironment.getExecutionEnvironment().getCheckpointConfig();
        assertThatThrownBy(() -> config.setCheckpointStorageDir("hdfs://name-node/checkpoints"))
                .hasMessageContaining("CONFIG_BAD_VALUE")
                .hasMessageContaining("checkpoint.dir")
                .hasMessageContaining("where: ExecutionTest.java:")
                .hasMessageContaining("'hdfs:'")
                .hasMessageContaining("file:///path, /path or s3://bucket/prefix");
    }
}

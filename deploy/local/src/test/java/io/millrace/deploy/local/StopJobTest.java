package io.millrace.deploy.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.environment.StreamExecutionEnvironment;
import io.millrace.api.eventtime.WatermarkStrategy;
import io.millrace.api.execution.ExecutionContext;
import io.millrace.api.execution.JobClient;
import io.millrace.api.types.Types;
import io.millrace.api.windowing.TumblingEventTimeWindows;
import io.millrace.client.cli.cluster.ClusterConnection;
import io.millrace.client.connectors.generator.DataGeneratorSource;
import io.millrace.client.connectors.generator.RateLimiterStrategy;
import io.millrace.common.core.id.JobId;
import io.millrace.common.graph.execution.JobStatus;
import io.millrace.common.rpc.RpcClient;
import io.millrace.common.rpc.codec.CommonCodec;
import io.millrace.deploy.local.jobs.CommittedNumbers;
import io.millrace.proto.control.DispatcherGrpc;
import io.millrace.proto.control.DispatcherProto.TakeSavepointRequest;
import io.millrace.proto.control.DispatcherProto.TakeSavepointResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A job on two TaskManagers is stopped with a savepoint: what it committed is exactly what it read. */
@Timeout(60)
class StopJobTest {
    @TempDir
    private Path directory;

    /** Every number that the source emitted is committed, as one step of the sum over its key; nothing else is. */
    @Test
    void aStoppedJobHasCommittedWhatItReadAndItsWindowsStayShut() throws Exception {
        List<Long> committed = runAndStop(false);
        List<Long> numbers =
                committed.stream().filter(number -> number >= 0).sorted().toList();
        assertThat(numbers).isNotEmpty();
        assertThat(numbers)
                .containsExactlyElementsOf(
                        LongStream.range(0, numbers.size()).boxed().toList());
        assertThat(committed).allMatch(number -> number >= 0);
    }

    @Test
    void aDrainedJobHasFiredItsWindowsToo() throws Exception {
        List<Long> committed = runAndStop(true);
        List<Long> numbers =
                committed.stream().filter(number -> number >= 0).sorted().toList();
        long counted = -committed.stream()
                .filter(number -> number < 0)
                .mapToLong(Long::longValue)
                .sum();
        assertThat(numbers)
                .containsExactlyElementsOf(
                        LongStream.range(0, numbers.size()).boxed().toList());
        assertThat(counted).isEqualTo(numbers.size());
    }

    private List<Long> runAndStop(boolean drain) throws Exception {
        CommittedNumbers.clear();
        try (EmbeddedCluster cluster = EmbeddedCluster.start(2, 2);
                ClusterConnection connection = new ClusterConnection(cluster.address());
                ExecutionContext.Scope scope = new ExecutionContext(
                                cluster.executor(new ConsoleObserver()), 4, null, Map.of(), false)
                        .install()) {
            assertThat(scope).isNotNull();
            JobClient client = submit();
            JobId job = client.getJobID();
            Eventually.await(
                    Duration.ofSeconds(30),
                    "something is written",
                    () -> CommittedNumbers.written() > 1_000,
                    CommittedNumbers::written);
            String path = stop(cluster, job, drain);
            assertThat(path).startsWith(directory.toString());
            Eventually.await(
                    Duration.ofSeconds(30),
                    "the job is finished",
                    () -> connection.details(job).summary().status() == JobStatus.FINISHED,
                    () -> connection.details(job));
            assertThat(CommittedNumbers.committed()).hasSize((int) CommittedNumbers.written());
            return CommittedNumbers.committed();
        }
    }

    private static JobClient submit() throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        // Nothing is committed before the stop.
        env.enableCheckpointing(3_600_000);
        var numbers = env.fromSource(
                        new DataGeneratorSource<>(
                                index -> index, Long.MAX_VALUE, RateLimiterStrategy.perSecond(20_000), Types.LONG),
                        WatermarkStrategy.<Long>forMonotonousTimestamps()
                                .withTimestampAssigner((number, timestamp) -> 1),
                        "numbers")
                .setParallelism(1);
        numbers.keyBy(number -> number % 97).reduce((sum, number) -> number).sinkTo(new CommittedNumbers());
        numbers.map(number -> -1L)
                .keyBy(number -> 0L)
                .window(TumblingEventTimeWindows.of(Duration.ofHours(1)))
                .reduce(Long::sum)
                .sinkTo(new CommittedNumbers());
        return env.executeAsync("to be stopped");
    }

    private String stop(EmbeddedCluster cluster, JobId job, boolean drain) throws Exception {
        try (RpcClient client = new RpcClient(cluster.address())) {
            TakeSavepointResponse response = DispatcherGrpc.newBlockingV2Stub(client.channel())
                    .takeSavepoint(TakeSavepointRequest.newBuilder()
                            .setJob(CommonCodec.encode(job))
                            .setPlace(directory.toString())
                            .setStop(true)
                            .setDrain(drain)
                            .build());
            assertThat(response.hasProblem()).as(response.toString()).isFalse();
            return response.getPath();
        }
    }
}

package io.millrace.deploy.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.environment.StreamExecutionEnvironment;
import io.millrace.api.execution.ExecutionContext;
import io.millrace.api.sink.lib.DiscardingSink;
import io.millrace.client.cli.cluster.ClusterConnection;
import io.millrace.common.core.id.JobId;
import io.millrace.common.graph.status.CheckpointStatus;
import io.millrace.common.graph.status.CheckpointSummary;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Checkpoints of a job whose sink takes 500 elements a second and subtask, while its source has millions. */
@Timeout(120)
class SlowSinkCheckpointTest {
    private static final Duration TARGET = Duration.ofSeconds(2);

    @Test
    void aCheckpointUnderBackPressureTakesLessThanTwoSecondsUnlessItsBarriersWait() throws Exception {
        assertThat(firstCheckpoint(true, Duration.ofSeconds(60)))
                .hasValueSatisfying(
                        checkpoint -> assertThat(checkpoint.cost().durationMs()).isLessThan(TARGET.toMillis()));
        // Aligned, it takes as long as the sink needs for all that is under way.
        assertThat(firstCheckpoint(false, Duration.ofSeconds(6))).isEmpty();
    }

    private static Optional<CheckpointSummary> firstCheckpoint(boolean unaligned, Duration patience) throws Exception {
        try (EmbeddedCluster cluster = EmbeddedCluster.start(2, 2);
                ClusterConnection connection = new ClusterConnection(cluster.address());
                ExecutionContext.Scope scope = new ExecutionContext(
                                cluster.executor(new ConsoleObserver()), 2, null, Map.of(), false)
                        .install()) {
            assertThat(scope).isNotNull();
            JobId job = submit(unaligned);
            long begin = System.nanoTime();
            Optional<CheckpointSummary> complete = Optional.empty();
            while (complete.isEmpty() && System.nanoTime() - begin < patience.toNanos()) {
                LockSupport.parkNanos(20_000_000);
                List<CheckpointSummary> all = connection.checkpoints(job);
                complete = all.stream()
                        .filter(each -> each.status() == CheckpointStatus.COMPLETED)
                        .findFirst();
            }
            connection.cancel(job);
            return complete;
        }
    }

    private static JobId submit(boolean unaligned) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        // The first comes when all channels have filled.
        env.enableCheckpointing(2_000);
        env.getCheckpointConfig().enableUnalignedCheckpoints(unaligned);
        env.fromSequence(0, Long.MAX_VALUE - 1)
                .setParallelism(1)
                .rebalance()
                .map(number -> number + 1)
                .rebalance()
                .map(number -> {
                    LockSupport.parkNanos(2_000_000);
                    return number;
                })
                .keyBy(number -> number % 64)
                .reduce(Long::sum)
                .sinkTo(new DiscardingSink<>());
        return env.executeAsync("slow").getJobID();
    }
}

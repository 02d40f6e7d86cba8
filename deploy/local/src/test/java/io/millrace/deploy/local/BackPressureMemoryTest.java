package io.millrace.deploy.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.environment.StreamExecutionEnvironment;
import io.millrace.api.execution.ExecutionContext;
import io.millrace.api.execution.JobClient;
import io.millrace.deploy.local.SluiceSink.Parcel;
import io.millrace.taskmanager.runtime.task.TaskStatistics;
import io.millrace.taskmanager.server.process.TaskManagerProcess;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * A source that could fill the memory many times over, before a sink in another TaskManager that takes next to nothing:
 * memory is taken once and then stays as it is, and no record is lost over it. The system property
 * {@code millrace.backpressure.seconds} makes it last longer than a moment.
 */
final class BackPressureMemoryTest {
    private static final long SECONDS = Long.getLong("millrace.backpressure.seconds", 2);
    /** About 250 MB of parcels. */
    private static final int PARCELS = 1_000_000;

    private static final int SINKS = 2;
    private static final long MEBIBYTE = 1L << 20;
    private static final long MOST_GROWTH_BYTES = 4 * MEBIBYTE;
    private static final long MOST_IN_FLIGHT_BYTES = 64 * MEBIBYTE;

    /** Bytes in use, after a garbage collection. */
    private record Memory(long heap, long direct) {

        static Memory measure() {
            // Twice: direct buffers are freed only after they were found unreachable.
            System.gc();
            System.gc();
            long direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                    .filter(pool -> pool.getName().equals("direct"))
                    .mapToLong(BufferPoolMXBean::getMemoryUsed)
                    .sum();
            return new Memory(
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(), direct);
        }
    }

    @Test
    @SuppressWarnings("try") // the scope is only there to be closed
    void aSlowSinkHoldsTheSourceUpAndMemoryDoesNotGrow() throws Exception {
        long looks = SINKS * TimeUnit.SECONDS.toMillis(SECONDS) / SluiceSink.LOOK_MILLIS;
        SluiceSink.shut(looks);
        try (EmbeddedCluster cluster = EmbeddedCluster.start(2, 2);
                ExecutionContext.Scope scope = new ExecutionContext(
                                cluster.executor(new ConsoleObserver()), 0, null, Map.of(), false)
                        .install()) {
            Memory idle = Memory.measure();
            JobClient job = submit();
            Duration limit = Duration.ofSeconds(SECONDS + 30);
            Eventually.await(limit, "both sources held up", () -> sourcesHeldUp(cluster) == 2, () -> tasks(cluster));
            Memory full = Memory.measure();
            long sent = recordsSent(cluster);

            Eventually.await(
                    limit, "the gate nearly open", () -> SluiceSink.looksLeft() < looks / 10, () -> tasks(cluster));
            Memory later = Memory.measure();
            long sentLater = recordsSent(cluster);
            assertThat(SluiceSink.looksLeft())
                    .as("looks left, while memory was measured")
                    .isPositive();

            System.out.printf(
                    "back-pressure for %d s: heap %d -> %d -> %d KiB, direct %d -> %d -> %d KiB,"
                            + " records sent %d -> %d%n",
                    SECONDS,
                    idle.heap >> 10,
                    full.heap >> 10,
                    later.heap >> 10,
                    idle.direct >> 10,
                    full.direct >> 10,
                    later.direct >> 10,
                    sent,
                    sentLater);
            assertThat(full.heap - idle.heap).isLessThan(MOST_IN_FLIGHT_BYTES);
            assertThat(full.direct - idle.direct).isLessThan(MOST_IN_FLIGHT_BYTES);
            assertThat(later.heap - full.heap).isLessThan(MOST_GROWTH_BYTES);
            assertThat(later.direct - full.direct).isLessThan(MOST_GROWTH_BYTES);
            assertThat(sentLater).isLessThan(PARCELS / 2);

            job.getJobExecutionResult().get(60, TimeUnit.SECONDS);
            assertThat(SluiceSink.arrived().cardinality()).isEqualTo(PARCELS);
            assertThat(SluiceSink.doubles()).isZero();
        }
    }

    /** Sources and sinks in slots of their own, so that a sink that waits does not stop a source by its thread. */
    private static JobClient submit() {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.fromSequence(0, PARCELS - 1)
                .setParallelism(2)
                .map(Parcel::of)
                .setParallelism(2)
                .name("Make")
                .rebalance()
                .map(parcel -> parcel)
                .setParallelism(SINKS)
                .slotSharingGroup("sinks")
                .sinkTo(new SluiceSink())
                .setParallelism(SINKS);
        return env.executeAsync("sluice");
    }

    private static List<TaskStatistics> tasks(EmbeddedCluster cluster) {
        return cluster.taskManagers().stream()
                .map(TaskManagerProcess::statistics)
                .flatMap(List::stream)
                .toList();
    }

    private static long sourcesHeldUp(EmbeddedCluster cluster) {
        return tasks(cluster).stream()
                .filter(task ->
                        task.name().contains("Make") && task.blockedNanos() > TimeUnit.MILLISECONDS.toNanos(200))
                .count();
    }

    private static long recordsSent(EmbeddedCluster cluster) {
        return tasks(cluster).stream()
                .filter(task -> task.name().contains("Make"))
                .mapToLong(TaskStatistics::recordsOut)
                .sum();
    }
}

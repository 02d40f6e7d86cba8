package io.millrace.taskmanager.runtime.slot;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.eventtime.WatermarkStrategy;
import io.millrace.api.functions.MapFunction;
import io.millrace.api.plan.ExchangeSpec;
import io.millrace.api.plan.FlatMapSpec;
import io.millrace.api.plan.Keying;
import io.millrace.api.plan.MapSpec;
import io.millrace.api.types.Types;
import io.millrace.api.util.Collector;
import io.millrace.common.core.time.Clock;
import io.millrace.common.graph.ExchangeKind;
import io.millrace.taskmanager.runtime.rig.JobSketch;
import io.millrace.taskmanager.runtime.rig.ListSource;
import io.millrace.taskmanager.runtime.rig.ThreadRig;
import io.millrace.taskmanager.runtime.task.TaskState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Timeout;

/** Tasks that block now and then, leave the slot and come back to it, on a clock that runs a hundred times too fast. */
@Timeout(60)
class SoloStressTest {
    private final ThreadRig rig = new ThreadRig(new Clock() {
        @Override
        public long nanoTime() {
            return 100 * System.nanoTime();
        }

        @Override
        public long epochMillis() {
            return System.currentTimeMillis();
        }
    });
    private final JobSketch job = rig.sketch();

    @AfterEach
    void nothingIsLeft() {
        rig.close();
    }

    /** Blocks now and then, shortly or for longer than the watcher of the stress test allows. */
    private static long sometimesBlocked(long value) {
        Random random = new Random(value);
        if (random.nextInt(200) == 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(15)));
        }
        return value;
    }

    @RepeatedTest(3)
    void nothingIsLostOrDoubledHoweverTasksBlock() throws Exception {
        int chains = 3;
        List<Queue<Long>> arrived = new ArrayList<>();
        for (int chain = 0; chain < chains; chain++) {
            int from = job.source(
                    new ListSource<>(List.of(numbers(chain))),
                    1,
                    WatermarkStrategy.noWatermarks(),
                    Types.LONG,
                    new FlatMapSpec<Long, Long>(SoloStressTest::sometimesMany, Types.LONG));
            int middle = job.vertex("Middle", 1, new MapSpec<>(inOrder(), Types.LONG));
            Queue<Long> all = new ConcurrentLinkedQueue<>();
            arrived.add(all);
            int to = job.vertex(
                    "End",
                    2,
                    new MapSpec<Long, Long>(
                            value -> {
                                all.add(value);
                                return sometimesBlocked(value + 1);
                            },
                            Types.LONG));
            job.edge(from, middle, ExchangeKind.FORWARD, new ExchangeSpec<>(Types.LONG, null, null));
            job.edge(
                    middle,
                    to,
                    ExchangeKind.HASH,
                    new ExchangeSpec<>(Types.LONG, new Keying<>(value -> value % 7, Types.LONG), null));
        }
        rig.deploy(job);
        CompletableFuture<List<TaskState>> ends = new CompletableFuture<>();
        Thread waiter = new Thread(() -> {
            try {
                ends.complete(rig.awaitEnd());
            } catch (Throwable thrown) {
                ends.completeExceptionally(thrown);
            }
        });
        waiter.start();
        Set<Long> everyThread = new HashSet<>();
        while (!ends.isDone()) {
            rig.watchOnce();
            rig.threads().forEach(thread -> everyThread.add(thread.getId()));
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        waiter.join();

        assertThat(rig.failures()).isEmpty();
        assertThat(ends.get()).hasSize(5 * chains).containsOnly(TaskState.FINISHED);
        // At least those sources that emit far more than there is room for.
        assertThat(everyThread).hasSizeGreaterThan(chains);
        for (int chain = 0; chain < chains; chain++) {
            List<Long> expected = numbers(chain).stream()
                    .flatMap(value -> Collections.nCopies(copies(value), value).stream())
                    .toList();
            assertThat(arrived.get(chain).stream().sorted().toList()).isEqualTo(expected);
        }
    }

    private static List<Long> numbers(int chain) {
        return LongStream.range(4_000L * chain, 4_000L * (chain + 1)).boxed().toList();
    }

    private static MapFunction<Long, Long> inOrder() {
        AtomicLong last = new AtomicLong(-1);
        return value -> {
            if (value < last.getAndSet(value)) {
                throw new IllegalStateException(value + " came too late");
            }
            return sometimesBlocked(value);
        };
    }

    private static int copies(long value) {
        return value % 1_000 == 500 ? 60_000 : 1;
    }

    private static void sometimesMany(Long value, Collector<Long> out) {
        for (int copy = 0; copy < copies(value); copy++) {
            out.collect(value);
        }
        sometimesBlocked(value);
    }

    @RepeatedTest(20)
    void closingEndsEveryTaskWhicheverThreadItIsOn(RepetitionInfo repetition) throws Exception {
        for (int chain = 0; chain < 5; chain++) {
            job.source(
                    new ListSource<>(List.of(Collections.nCopies(Integer.MAX_VALUE, 1L))),
                    1,
                    WatermarkStrategy.noWatermarks(),
                    Types.LONG,
                    new MapSpec<>(counting(chain), Types.LONG));
        }
        rig.deploy(job);
        for (int look = 0; look < 7 * repetition.getCurrentRepetition(); look++) {
            rig.watchOnce();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }

        rig.close();

        assertThat(rig.awaitEnd()).hasSize(10).containsOnly(TaskState.CANCELED);
        assertThat(rig.failures()).isEmpty();
    }

    /** Blocks for a while now and then, each chain at its own times, with quiet times between. */
    private static MapFunction<Long, Long> counting(int chain) {
        AtomicLong count = new AtomicLong(100_000L * chain);
        return value -> {
            long at = count.incrementAndGet();
            return at % 500_000 < 10 ? sometimesBlocked(1_000L * at) : at;
        };
    }
}

package io.millrace.taskmanager.runtime.slot;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.eventtime.WatermarkStrategy;
import io.millrace.api.functions.MapFunction;
import io.millrace.api.plan.ExchangeSpec;
import io.millrace.api.plan.FlatMapSpec;
import io.millrace.api.plan.MapSpec;
import io.millrace.api.plan.SinkSpec;
import io.millrace.api.types.Types;
import io.millrace.common.core.time.Clock;
import io.millrace.common.core.time.SystemClock;
import io.millrace.common.graph.ExchangeKind;
import io.millrace.taskmanager.runtime.rig.JobSketch;
import io.millrace.taskmanager.runtime.rig.ListSource;
import io.millrace.taskmanager.runtime.rig.RecordingSink;
import io.millrace.taskmanager.runtime.rig.ThreadRig;
import io.millrace.taskmanager.runtime.task.TaskState;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A task whose user code blocks keeps its thread, and the slot's other tasks go on. */
@Timeout(60)
class SoloTaskTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    /** A ring of 8 batches of 512, the batches being filled and read, and 1 MiB in elements of 64 bytes. */
    private static final long MOST_UNDER_WAY = (8 + 3) * 512 + (1 << 20) / 64;

    private final ThreadRig rig = new ThreadRig(SystemClock.INSTANCE);
    private final JobSketch job = rig.sketch();
    private final RecordingSink<Long> sink = new RecordingSink<>();

    @AfterEach
    void nothingIsLeft() {
        rig.close();
    }

    /** Blocks at each element until there is a permit. */
    private static final class Gate implements MapFunction<Long, Long> {
        private static final long serialVersionUID = 1L;
        private final transient Semaphore reached = new Semaphore(0);
        private final transient Semaphore permits = new Semaphore(0);
        private final AtomicReference<RuntimeException> failure = new AtomicReference<>();

        @Override
        public Long map(Long value) throws InterruptedException {
            reached.release();
            permits.acquire();
            RuntimeException thrown = failure.get();
            if (thrown != null) {
                throw thrown;
            }
            return value;
        }
    }

    /** An endless stream that tells when it goes on. */
    private static final class Stream implements MapFunction<Long, Long> {
        private static final long serialVersionUID = 1L;
        private final AtomicReference<CountDownLatch> waiting = new AtomicReference<>();

        @Override
        public Long map(Long value) {
            CountDownLatch next = waiting.getAndSet(null);
            if (next != null) {
                next.countDown();
            }
            return value;
        }

        void awaitNextElement() throws InterruptedException {
            CountDownLatch next = new CountDownLatch(1);
            waiting.set(next);
            assertThat(next.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static final class Endless extends java.util.AbstractList<Long> {
        @Override
        public Long get(int index) {
            return (long) index;
        }

        @Override
        public int size() {
            return Integer.MAX_VALUE;
        }
    }

    /** A source with its enumerator, and {@code map} behind it in the same task. */
    private int tasks(List<Long> elements, MapFunction<Long, Long> map, RecordingSink<Long> into) {
        return job.source(
                new ListSource<>(List.of(elements)),
                1,
                WatermarkStrategy.noWatermarks(),
                Types.LONG,
                new MapSpec<>(map, Types.LONG),
                new SinkSpec<>(into));
    }

    /** A stream that goes on for ever in the same slot, with nothing remembered of it. */
    private Stream stream() {
        Stream stream = new Stream();
        job.source(
                new ListSource<>(List.of(new Endless())),
                1,
                WatermarkStrategy.noWatermarks(),
                Types.LONG,
                new MapSpec<>(stream, Types.LONG));
        return stream;
    }

    private void awaitThreadIn(String method) {
        long end = System.nanoTime() + 20 * SECOND;
        while (rig.threads().stream()
                .flatMap(thread -> Arrays.stream(thread.getStackTrace()))
                .noneMatch(frame -> frame.getMethodName().equals(method))) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    @Test
    void aTaskThatBlocksDoesNotStopTheOthersAndGoesOnToItsEnd() throws Exception {
        Gate gate = new Gate();
        tasks(List.of(1L, 2L, 3L), gate, sink);
        Stream stream = stream();
        rig.deploy(job);
        gate.reached.acquire();

        rig.watchForTenthOfASecond();
        stream.awaitNextElement();
        assertThat(gate.reached.tryAcquire()).isFalse();
        gate.permits.release();
        gate.reached.acquire();
        stream.awaitNextElement();
        gate.permits.release(2);

        assertThat(rig.awaitEnds(2)).containsOnly(TaskState.FINISHED);
        assertThat(sink.elements()).containsExactly(1L, 2L, 3L);
        assertThat(sink.calls()).containsExactly("flush true 0", "close 0");
        stream.awaitNextElement();
        rig.cancelAll();
        assertThat(rig.awaitEnds(2)).containsOnly(TaskState.CANCELED);
        assertThat(rig.slot().news().pendingCancels()).isEmpty();
    }

    @Test
    void statisticsOfATaskAloneGoOn() throws Exception {
        Gate gate = new Gate();
        tasks(List.of(1L, 2L, 3L), gate, sink);
        rig.deploy(job);
        gate.reached.acquire();
        rig.watchForTenthOfASecond();
        gate.permits.release(2);
        gate.reached.acquire(2);

        assertThat(rig.slot().statistics()).hasSize(2);
        assertThat(rig.threads()).hasSize(2).anySatisfy(thread -> assertThat(thread.getName())
                .contains("-alone-Source"));
        gate.permits.release();
        assertThat(rig.awaitEnds(2)).containsOnly(TaskState.FINISHED);
    }

    @Test
    void aCancelInterruptsABlockedTaskAloneAndNobodyElse() throws Exception {
        Gate gate = new Gate();
        tasks(List.of(1L), gate, sink);
        Stream stream = stream();
        rig.deploy(job);
        gate.reached.acquire();
        rig.watchForTenthOfASecond();
        stream.awaitNextElement();

        rig.cancelAll();
        assertThat(rig.awaitEnds(3)).containsOnly(TaskState.CANCELED);
        rig.host().watch(SystemClock.INSTANCE.nanoTime() + 2 * SECOND);

        assertThat(rig.awaitEnds(1)).containsOnly(TaskState.CANCELED);
        assertThat(sink.elements()).isEmpty();
        assertThat(rig.failures()).isEmpty();
        assertThat(rig.slot().news().pendingCancels()).isEmpty();
    }

    @Test
    void aFailureOfATaskAloneIsReported() throws Exception {
        Gate gate = new Gate();
        tasks(List.of(1L), gate, sink);
        Stream stream = stream();
        rig.deploy(job);
        gate.reached.acquire();
        rig.watchForTenthOfASecond();
        gate.failure.set(new IllegalStateException("the database is gone"));
        gate.permits.release();

        assertThat(rig.awaitEnds(1)).containsExactly(TaskState.FAILED);
        assertThat(rig.failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.problem().what()).contains("the database is gone"));
        assertThat(sink.calls()).containsExactly("close 0");
        stream.awaitNextElement();
        rig.cancelAll();
        assertThat(rig.awaitEnds(3)).containsOnly(TaskState.CANCELED);
    }

    @Test
    void userCodeThatEmitsWithoutEndWaitsForItsConsumerUntilItIsCancelled() throws Exception {
        AtomicLong emitted = new AtomicLong();
        AtomicLong consumed = new AtomicLong();
        AtomicLong most = new AtomicLong();
        Semaphore permits = new Semaphore(0);
        CountDownLatch enough = new CountDownLatch(100_000);
        int from = job.source(
                new ListSource<>(List.of(List.of(1L))),
                1,
                WatermarkStrategy.noWatermarks(),
                Types.LONG,
                new FlatMapSpec<Long, Long>(
                        (value, out) -> {
                            while (true) {
                                out.collect(emitted.incrementAndGet());
                            }
                        },
                        Types.LONG));
        int to = job.vertex(
                "Consumer",
                1,
                new MapSpec<Long, Long>(
                        value -> {
                            permits.acquire();
                            most.accumulateAndGet(emitted.get() - consumed.get(), Math::max);
                            assertThat(value).isEqualTo(consumed.incrementAndGet());
                            enough.countDown();
                            return value;
                        },
                        Types.LONG));
        job.edge(from, to, ExchangeKind.FORWARD, new ExchangeSpec<>(Types.LONG, null, null));
        Stream stream = stream();
        rig.deploy(job);

        awaitThreadIn("awaitRoom");
        awaitThreadIn("acquire");
        rig.watchForTenthOfASecond();
        stream.awaitNextElement();
        permits.release(100_000);
        assertThat(enough.await(20, TimeUnit.SECONDS)).isTrue();
        awaitThreadIn("awaitRoom");

        assertThat(most.get()).isBetween(8L * 512, MOST_UNDER_WAY);
        rig.cancelAll();
        assertThat(rig.awaitEnds(4)).containsOnly(TaskState.CANCELED);
        rig.host().watch(SystemClock.INSTANCE.nanoTime() + 2 * SECOND);
        assertThat(rig.awaitEnds(1)).containsOnly(TaskState.CANCELED);
        assertThat(rig.failures()).isEmpty();
    }

    @Test
    void manyTasksThatBlockOneAfterTheOtherLeaveNoThread() throws Exception {
        int count = 12;
        Gate gate = new Gate();
        for (int i = 0; i < count; i++) {
            tasks(LongStream.range(0, 100).boxed().toList(), gate, new RecordingSink<>());
        }
        rig.deploy(job);
        for (int i = 0; i < count; i++) {
            gate.reached.acquire();
            rig.watchForTenthOfASecond();
        }
        assertThat(rig.threads()).hasSize(count + 1);

        gate.permits.release(count * 100);

        assertThat(rig.awaitEnd()).hasSize(2 * count).containsOnly(TaskState.FINISHED);
        assertThat(gate.permits.availablePermits()).isZero();
    }

    @Test
    void closingTheSlotEndsTasksThatAreBlockedParkedAndRunning() throws Exception {
        Gate gate = new Gate();
        tasks(List.of(1L), gate, sink);
        stream();
        rig.deploy(job);
        gate.reached.acquire();
        rig.watchForTenthOfASecond();

        rig.close();

        assertThat(rig.awaitEnd()).containsOnly(TaskState.CANCELED);
        assertThat(rig.failures()).isEmpty();
    }

    @Test
    void aTaskThatHasNotBlockedForAWhileSharesTheSlotAgain() throws Exception {
        AtomicLong ahead = new AtomicLong();
        Clock clock = new Clock() {
            @Override
            public long nanoTime() {
                return System.nanoTime() + ahead.get();
            }

            @Override
            public long epochMillis() {
                return System.currentTimeMillis();
            }
        };
        Gate first = new Gate();
        Gate second = new Gate();
        try (ThreadRig timed = new ThreadRig(clock)) {
            JobSketch two = timed.sketch();
            int from = two.source(
                    new ListSource<>(List.of(List.of(1L, 2L, 3L)), 1),
                    1,
                    WatermarkStrategy.noWatermarks(),
                    Types.LONG,
                    new MapSpec<>(first, Types.LONG));
            int to = two.vertex("Second", 1, new MapSpec<>(second, Types.LONG), new SinkSpec<>(sink));
            two.edge(from, to, ExchangeKind.FORWARD, new ExchangeSpec<>(Types.LONG, null, null));
            timed.deploy(two);
            first.reached.acquire();
            timed.watchForTenthOfASecond();
            for (int round = 0; round < 2; round++) {
                // A step this long is over, and what it emitted goes out.
                ahead.addAndGet(SECOND / 4);
                first.permits.release();
                second.reached.acquire();
                first.reached.acquire();
                assertThat(timed.threads()).hasSize(2);
                timed.watchForTenthOfASecond();
                assertThat(timed.threads()).hasSize(3);
                second.permits.release();
                awaitThreads(timed, 2, ahead);
            }
            first.permits.release();
            second.permits.release();

            assertThat(timed.awaitEnd()).containsOnly(TaskState.FINISHED);
            assertThat(sink.elements()).containsExactly(1L, 2L, 3L);
        }
    }

    private static void awaitThreads(ThreadRig timed, int count, AtomicLong ahead) {
        long end = System.nanoTime() + 20 * SECOND;
        while (timed.threads().size() != count) {
            assertThat(System.nanoTime()).isLessThan(end);
            ahead.addAndGet(SECOND / 4);
        }
    }
}

package io.millrace.taskmanager.runtime.slot;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.eventtime.WatermarkStrategy;
import io.millrace.api.functions.MapFunction;
import io.millrace.api.plan.MapSpec;
import io.millrace.api.plan.SinkSpec;
import io.millrace.api.types.Types;
import io.millrace.common.core.concurrent.Signal;
import io.millrace.common.core.time.Clock;
import io.millrace.common.core.time.SystemClock;
import io.millrace.taskmanager.runtime.rig.JobSketch;
import io.millrace.taskmanager.runtime.rig.ListSource;
import io.millrace.taskmanager.runtime.rig.RecordingSink;
import io.millrace.taskmanager.runtime.rig.ThreadRig;
import io.millrace.taskmanager.runtime.task.TaskState;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A slot on a real thread, with user code that does not come back. */
class SlotHostTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /** Blocks at its first element until it is released, whatever interrupts it, or until it is interrupted. */
    private static final class Blocking implements MapFunction<Long, Long> {
        private static final long serialVersionUID = 1L;
        private final transient CountDownLatch reached = new CountDownLatch(1);
        private final transient CountDownLatch released = new CountDownLatch(1);
        private final transient BlockingQueue<String> interrupts = new LinkedBlockingQueue<>();
        private final boolean stubborn;

        Blocking(boolean stubborn) {
            this.stubborn = stubborn;
        }

        @Override
        public Long map(Long value) throws InterruptedException {
            reached.countDown();
            while (true) {
                try {
                    released.await();
                    return value;
                } catch (InterruptedException e) {
                    interrupts.add("interrupted");
                    if (!stubborn) {
                        throw e;
                    }
                }
            }
        }
    }

    private static JobSketch job(ThreadRig rig, Blocking blocking, RecordingSink<Long> sink) {
        JobSketch job = rig.sketch();
        job.source(
                new ListSource<>(List.of(List.of(1L))),
                1,
                WatermarkStrategy.noWatermarks(),
                Types.LONG,
                new MapSpec<>(blocking, Types.LONG),
                new SinkSpec<>(sink));
        return job;
    }

    @Test
    void aJobRunsToItsEndOnRealThreads() throws Exception {
        try (ThreadRig rig = new ThreadRig(SystemClock.INSTANCE)) {
            Blocking blocking = new Blocking(false);
            blocking.released.countDown();
            RecordingSink<Long> sink = new RecordingSink<>();

            rig.deploy(job(rig, blocking, sink));

            assertThat(rig.awaitEnd()).containsOnly(TaskState.FINISHED);
            assertThat(sink.elements()).containsExactly(1L);
        }
    }

    @Test
    void aCancelInterruptsUserCodeAfterASecondAndCountsAsCancelled() throws Exception {
        try (ThreadRig rig = new ThreadRig(SystemClock.INSTANCE)) {
            Blocking blocking = new Blocking(false);
            rig.deploy(job(rig, blocking, new RecordingSink<>()));
            blocking.reached.await();
            rig.cancelAll();
            long now = SystemClock.INSTANCE.nanoTime();

            rig.host().watch(now + SECOND / 2);
            assertThat(blocking.interrupts).isEmpty();
            rig.host().watch(now + 2 * SECOND);

            assertThat(rig.awaitEnd()).containsOnly(TaskState.CANCELED);
            assertThat(rig.failures()).isEmpty();
            assertThat(rig.slot().news().pendingCancels()).isEmpty();
        }
    }

    @Test
    void aSlotThatIsClosedInterruptsItsUserCodeAfterASecond() throws Exception {
        try (ThreadRig rig = new ThreadRig(SystemClock.INSTANCE)) {
            Blocking blocking = new Blocking(false);
            rig.deploy(job(rig, blocking, new RecordingSink<>()));
            blocking.reached.await();

            rig.host().close();

            // It would be there for ever: nobody else interrupts it, and nobody releases it.
            assertThat(rig.awaitEnd()).doesNotContain(TaskState.RUNNING);
        }
    }

    @Test
    void userCodeThatIgnoresItIsInterruptedAgainAndGivenUpAfterThirtySeconds() throws Exception {
        try (ThreadRig rig = new ThreadRig(SystemClock.INSTANCE)) {
            Blocking blocking = new Blocking(true);
            rig.deploy(job(rig, blocking, new RecordingSink<>()));
            blocking.reached.await();
            rig.cancelAll();
            long now = SystemClock.INSTANCE.nanoTime();

            for (int second = 2; second < 30; second++) {
                rig.host().watch(now + second * SECOND);
                assertThat(blocking.interrupts.poll(10, TimeUnit.SECONDS)).isNotNull();
            }
            // The enumerator's task has found another thread meanwhile.
            assertThat(rig.awaitEnds(1)).containsExactly(TaskState.CANCELED);
            assertThat(rig.failures()).isEmpty();
            rig.host().watch(now + 31 * SECOND);
            rig.host().watch(now + 32 * SECOND);

            assertThat(rig.awaitEnds(1)).containsExactly(TaskState.FAILED);
            assertThat(rig.failures()).singleElement().satisfies(failure -> {
                assertThat(failure.problem().code()).isEqualTo("TASK_STUCK");
                assertThat(failure.problem().why()).contains("Source");
                assertThat(failure.stackTrace()).contains("Blocking.map");
            });
            assertThat(rig.slot().news().pendingCancels()).isEmpty();
            blocking.released.countDown();
        }
    }

    @Test
    void aSlotThatBreaksIsReported() throws Exception {
        CountDownLatch told = new CountDownLatch(1);
        Signal signal = new Signal();
        try (ThreadRig rig = new ThreadRig(SystemClock.INSTANCE);
                SlotHost host = new SlotHost(rig.slot(), signal, brokenClock(), (slot, why) -> told.countDown())) {
            rig.host().close();
            host.start();
            assertThat(told.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static Clock brokenClock() {
        return new Clock() {
            @Override
            public long nanoTime() {
                throw new IllegalStateException("no time");
            }

            @Override
            public long epochMillis() {
                throw new IllegalStateException("no time");
            }
        };
    }
}

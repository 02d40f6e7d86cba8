package io.millrace.taskmanager.runtime.slot;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.eventtime.WatermarkStrategy;
import io.millrace.api.functions.MapFunction;
import io.millrace.api.plan.MapSpec;
import io.millrace.api.plan.SinkSpec;
import io.millrace.api.types.Types;
import io.millrace.common.core.concurrent.Signal;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.core.time.Clock;
import io.millrace.common.core.time.SystemClock;
import io.millrace.taskmanager.runtime.rig.JobSketch;
import io.millrace.taskmanager.runtime.rig.ListSource;
import io.millrace.taskmanager.runtime.rig.RecordingSink;
import io.millrace.taskmanager.runtime.rig.ThreadRig;
import io.millrace.taskmanager.runtime.task.TaskState;
import java.util.ArrayList;
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
            List<SubtaskId> stuck = new ArrayList<>();

            rig.host().watch(now + SECOND / 2, stuck::add);
            assertThat(blocking.interrupts).isEmpty();
            rig.host().watch(now + 2 * SECOND, stuck::add);

            assertThat(rig.awaitEnd()).containsOnly(TaskState.CANCELED);
            assertThat(stuck).isEmpty();
            assertThat(rig.slot().pendingCancels()).isEmpty();
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
    void userCodeThatIgnoresItIsInterruptedAgainAndReportedOnceAfterThirtySeconds() throws Exception {
        try (ThreadRig rig = new ThreadRig(SystemClock.INSTANCE)) {
            Blocking blocking = new Blocking(true);
            rig.deploy(job(rig, blocking, new RecordingSink<>()));
            blocking.reached.await();
            rig.cancelAll();
            long now = SystemClock.INSTANCE.nanoTime();
            List<SubtaskId> stuck = new ArrayList<>();

            for (int second = 2; second < 40; second++) {
                rig.host().watch(now + second * SECOND, stuck::add);
                assertThat(blocking.interrupts.poll(10, TimeUnit.SECONDS)).isNotNull();
            }

            // The enumerator's task is cancelled, too, but only once the thread comes back to it.
            assertThat(stuck).hasSize(2);
            assertThat(rig.host().stackTrace()).isNotEmpty();
            blocking.released.countDown();
            assertThat(rig.awaitEnd()).containsOnly(TaskState.CANCELED);
        }
    }

    @Test
    void anInterruptNeverReachesAnotherTask() {
        StepGuard guard = new StepGuard();
        StepGuard.Seat one = new StepGuard.Seat();
        StepGuard.Seat two = new StepGuard.Seat();

        assertThat(guard.interrupt(one, Thread.currentThread())).isFalse();
        guard.enter(one);
        assertThat(guard.interrupt(two, Thread.currentThread())).isFalse();
        assertThat(guard.interrupt(one, Thread.currentThread())).isTrue();
        assertThat(guard.interrupt(one, Thread.currentThread())).isTrue();
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        guard.exit(one);

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        guard.enter(two);
        assertThat(guard.interrupt(one, Thread.currentThread())).isFalse();
        guard.exit(two);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
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

package io.millrace.taskmanager.runtime.slot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StepGuardTest {
    private static final long LOOK = TimeUnit.MILLISECONDS.toNanos(50);

    private final StepGuard one = new StepGuard();
    private final StepGuard two = new StepGuard();

    @Test
    void anInterruptNeverReachesAnotherTask() {
        assertThat(one.interrupt()).isFalse();
        one.enter();
        assertThat(two.interrupt()).isFalse();
        assertThat(one.interrupt()).isTrue();
        assertThat(one.interrupt()).isTrue();
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        assertThat(one.exit()).isTrue();

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        two.enter();
        assertThat(one.interrupt()).isFalse();
        assertThat(two.exit()).isTrue();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void onlyTheTimeOfOneStayCounts() {
        assertThat(one.heldNanos(0)).isZero();
        one.enter();
        assertThat(one.heldNanos(LOOK)).isZero();
        assertThat(one.heldNanos(2 * LOOK)).isEqualTo(LOOK);
        assertThat(one.exit()).isTrue();
        one.enter();
        assertThat(one.heldNanos(3 * LOOK)).isZero();
        assertThat(one.heldNanos(4 * LOOK)).isEqualTo(LOOK);
        assertThat(one.heldNanos(5 * LOOK)).isEqualTo(2 * LOOK);
    }

    @Test
    void aPauseOfTheProcessIsNobodysFault() {
        one.enter();
        assertThat(one.heldNanos(0)).isZero();

        assertThat(one.heldNanos(TimeUnit.SECONDS.toNanos(20)))
                .isPositive()
                .isLessThan(TimeUnit.MILLISECONDS.toNanos(100));
    }

    @Test
    void aStayThatWasNotSeenIsNotDetached() {
        one.enter();
        assertThat(one.heldNanos(0)).isZero();
        one.exit();
        one.enter();

        assertThat(one.detachSeen()).isFalse();
        assertThat(one.exit()).isTrue();
    }

    @Test
    void theThreadLearnsOnceThatItKeepsTheTaskAlone() {
        one.enter();
        one.heldNanos(0);
        assertThat(one.interrupt()).isTrue();
        assertThat(one.detachSeen()).isTrue();
        assertThat(one.detachSeen()).isFalse();
        assertThat(one.detach()).isFalse();
        assertThat(one.exit()).isFalse();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();

        one.enter();
        assertThat(one.isDetached()).isTrue();
        assertThat(one.heldNanos(LOOK)).isZero();
        assertThat(one.detach()).isFalse();
        assertThat(one.interrupt()).isTrue();
        assertThat(one.exit()).isTrue();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(one.inside()).isNull();
    }
}

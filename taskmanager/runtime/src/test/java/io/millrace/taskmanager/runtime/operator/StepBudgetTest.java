package io.millrace.taskmanager.runtime.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.core.time.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StepBudgetTest {
    private final ManualClock clock = new ManualClock(5_000, 0);
    private final StepBudget budget = new StepBudget(clock);

    /** Takes elements that last {@code each} until the step is over. @return how many */
    private int step(Duration each) {
        budget.begin(clock.nanoTime());
        int elements = 0;
        while (!budget.isOver()) {
            int some = budget.left();
            clock.advance(each.multipliedBy(some));
            budget.spend(some);
            elements += some;
        }
        return elements;
    }

    @Test
    void fastElementsFillAQuarterOfAMillisecond() {
        for (int warmUp = 0; warmUp < 20; warmUp++) {
            step(Duration.ofNanos(50));
        }

        long before = clock.nanoTime();
        int elements = step(Duration.ofNanos(50));

        assertThat(elements).isBetween(4_900, 5_600);
        assertThat(clock.nanoTime() - before).isBetween(245_000L, 280_000L);
    }

    @Test
    void slowElementsAreTakenOneByOne() {
        step(Duration.ofNanos(50));
        step(Duration.ofMillis(2));

        assertThat(step(Duration.ofMillis(2))).isEqualTo(1);
    }

    @Test
    void aStepEndsEvenWhenTheClockStandsStill() {
        for (int i = 0; i < 20; i++) {
            step(Duration.ZERO);
        }

        assertThat(step(Duration.ZERO)).isEqualTo(16 * 512);
    }
}

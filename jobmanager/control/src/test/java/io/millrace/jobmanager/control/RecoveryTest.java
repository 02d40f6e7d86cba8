package io.millrace.jobmanager.control;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;

/** Many seeds of a {@link RecoveryWorld}. */
class RecoveryTest {

    @Property(tries = 150, shrinking = ShrinkingMode.OFF)
    void afterTheLastFaultJobsRunAndNothingWasLostOrIsLeft(@ForAll long seed) {
        RecoveryWorld world = new RecoveryWorld(seed);
        world.run(1_500);
        world.heal();
    }

    @Test
    void schedulesRestartAndStopJobs() {
        int restarts = 0;
        int stops = 0;
        for (long seed = 0; seed < 20; seed++) {
            RecoveryWorld world = new RecoveryWorld(seed);
            world.run(1_500);
            restarts += world.restarts;
            stops += world.stops;
        }
        assertThat(restarts).isGreaterThan(50);
        assertThat(stops).isGreaterThan(5);
    }
}

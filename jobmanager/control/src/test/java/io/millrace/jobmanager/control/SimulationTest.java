package io.millrace.jobmanager.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.graph.execution.JobStatus;
import java.util.HashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;

/** Many seeds of a {@link SimulatedCluster}. */
class SimulationTest {

    @Property(tries = 100, shrinking = ShrinkingMode.OFF)
    void noScheduleBreaksAnInvariantAndTheClusterHeals(@ForAll long seed) {
        SimulatedCluster world = new SimulatedCluster(seed);
        world.run(1_500);
        world.heal();
    }

    @Test
    void theSameSeedIsTheSameHistory() {
        for (long seed = 0; seed < 5; seed++) {
            SimulatedCluster first = new SimulatedCluster(seed);
            first.run(1_500);
            SimulatedCluster second = new SimulatedCluster(seed);
            second.run(1_500);
            assertThat(second.trace).isEqualTo(first.trace);
        }
    }

    @Test
    void schedulesReachEveryKindOfEnd() {
        Map<JobStatus, Integer> ends = new HashMap<>();
        for (long seed = 0; seed < 40; seed++) {
            SimulatedCluster world = new SimulatedCluster(seed);
            world.run(1_500);
            world.statuses.values().forEach(status -> ends.merge(status, 1, Integer::sum));
        }
        assertThat(ends.keySet()).contains(JobStatus.FINISHED, JobStatus.FAILED, JobStatus.CANCELED, JobStatus.RUNNING);
    }
}

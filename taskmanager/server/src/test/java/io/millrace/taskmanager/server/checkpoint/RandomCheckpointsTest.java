package io.millrace.taskmanager.server.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever the order in which triggers, barriers, workers and the JobManager's decisions come. */
class RandomCheckpointsTest {

    @Property(tries = 1_000)
    void whatIsAcknowledgedIsInTheStorageAndInTheEndNothingIsKept(@ForAll long seed) {
        CheckpointSchedule schedule = new CheckpointSchedule(seed);
        for (int step = 0; step < 150; step++) {
            schedule.step();
        }
        schedule.calm();
        long last = schedule.triggerAndFinish();
        assertThat(schedule.isAcknowledged(last))
                .as("checkpoint %s after the last fault", last)
                .isTrue();
        schedule.endAllTasks();
        assertThat(schedule.fixture.agent.isEmpty()).isTrue();
        assertThat(schedule.fixture.storages.values())
                .allSatisfy(storage -> assertThat(storage.closes).isEqualTo(schedule.opened(storage)));
        assertThat(schedule.unanswered()).isEmpty();
    }
}

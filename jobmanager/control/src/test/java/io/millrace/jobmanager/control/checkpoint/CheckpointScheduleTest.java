package io.millrace.jobmanager.control.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;

/** Many seeds of a {@link CheckpointWorld}: I3, I4, I5 and I8 at every step, I14 at the end. */
class CheckpointScheduleTest {
    private static final int STEPS = 1_500;

    @Property(tries = 1_000, shrinking = ShrinkingMode.OFF)
    void noScheduleLosesACheckpointOrLeavesAFileBehind(@ForAll long seed) {
        CheckpointWorld world = new CheckpointWorld(seed);
        world.run(STEPS);
        world.heal();
    }

    @Test
    void schedulesReachEveryKindOfTrouble() {
        Map<String, Integer> seen = new TreeMap<>();
        for (long seed = 0; seed < 50; seed++) {
            CheckpointWorld world = new CheckpointWorld(seed);
            world.run(STEPS);
            world.heal();
            world.storage.seen.forEach((what, count) -> seen.merge(what, count, Integer::sum));
        }
        assertThat(seen)
                .containsKeys(
                        "CHECKPOINT",
                        "SAVEPOINT",
                        "DRAIN",
                        "manifest refused",
                        "manifest unknown",
                        "manifest late",
                        "manifest unseen",
                        "pointer failed",
                        "pointer unseen",
                        "delete failed",
                        "sweep failed",
                        "swept");
        assertThat(seen.get("CHECKPOINT")).isGreaterThan(200);
    }
}

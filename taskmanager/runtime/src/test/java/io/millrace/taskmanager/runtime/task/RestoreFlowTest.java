package io.millrace.taskmanager.runtime.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.checkpoint.storage.InMemoryStorages;
import io.millrace.common.core.id.JobId;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.graph.snapshot.PartKind;
import io.millrace.taskmanager.runtime.rig.JobRig;
import io.millrace.taskmanager.runtime.rig.JobSketch;
import io.millrace.taskmanager.runtime.rig.SnapshotKeeper;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import org.jspecify.annotations.Nullable;

/**
 * A job with state of every kind is lost at random moments, again and again, and goes on from its last complete
 * checkpoint at another parallelism each time: in the end its committed output is what it would have been without.
 */
class RestoreFlowTest {
    private static InMemoryStorages storages = new InMemoryStorages();
    private static int restoresInTheMiddle;
    private static int elementsUnderWay;

    @Property(tries = 60)
    void committedOutputIsThatOfARunWithoutFailures(
            @ForAll @IntRange(min = 0, max = 4) int failures, @ForAll long seed) {
        Ledger.open();
        storages = new InMemoryStorages();
        Random random = new Random(seed);
        SnapshotKeeper before = null;
        for (int run = 0; run <= failures; run++) {
            before = run(BucketJob.random(random), random, run, before, run == failures);
        }
        assertThat(Ledger.lines()).containsExactlyInAnyOrderElementsOf(BucketJob.expected());
    }

    @Property(tries = 60)
    void everyElementArrivesOnceWhateverTheExchangesAndTheParallelism(
            @ForAll @IntRange(min = 1, max = 3) int failures, @ForAll long seed) {
        Ledger.open();
        storages = new InMemoryStorages();
        Random random = new Random(seed);
        SnapshotKeeper before = null;
        for (int run = 0; run <= failures; run++) {
            before = run(SpreadJob.random(random, seed), random, run, before, run == failures);
        }
        assertThat(Ledger.lines())
                .containsExactlyInAnyOrderElementsOf(
                        SpreadJob.random(random, seed).expected());
    }

    /** Runs a job for a while, or to its end. @return its checkpoints */
    private static SnapshotKeeper run(
            FlowJob shape, Random random, int run, @Nullable SnapshotKeeper before, boolean toTheEnd) {
        JobRig rig = new JobRig(shape.processes(), 2, 64, random.nextLong(), storages);
        SnapshotKeeper keeper = new SnapshotKeeper(new JobId(0, 10), "/run" + run, storages);
        rig.watchBarriers((task, snapshot) -> {
            keeper.take(task, snapshot);
            elementsUnderWay += snapshot.parts().stream()
                    .filter(part -> part.kind() == PartKind.IN_FLIGHT)
                    .mapToInt(part -> (int) part.entries())
                    .sum();
        });
        JobSketch sketch = rig.sketch().add(shape.graph());
        if (before != null && before.hasComplete()) {
            restoresInTheMiddle++;
            SnapshotKeeper from = before;
            sketch.restoring((vertex, subtask) -> from.restorePoint(vertex));
        }
        rig.deploy(sketch).start();
        long announced = 0;
        Set<Long> open = new TreeSet<>();
        int steps = toTheEnd ? Integer.MAX_VALUE : 200 + random.nextInt(3_000);
        for (int step = 0; step < steps && !isOver(rig); step++) {
            assertThat(step).as("%s, failed: %s", rig.states(), rig.failures()).isLessThan(3_000_000);
            // As many as a job may have under way at once; what is captured for one holds up the next.
            if (random.nextInt(60) == 0 && open.size() < 3) {
                rig.announce(++announced);
                open.add(announced);
            }
            if (random.nextInt(20) == 0 && !open.isEmpty()) {
                long next = open.iterator().next();
                if (random.nextInt(8) == 0) {
                    open.remove(next);
                    rig.giveUp(next);
                } else if (keeper.complete(next, unfinished(rig))) {
                    open.remove(next);
                    rig.complete(next);
                }
            }
            rig.stepAtRandom(random);
        }
        assertThat(rig.failures()).isEmpty();
        if (!toTheEnd) {
            rig.cancelAll();
            rig.settle();
        }
        assertThat(rig.isClean()).isTrue();
        return keeper.hasComplete() || before == null ? keeper : before;
    }

    private static Set<SubtaskId> unfinished(JobRig rig) {
        Set<SubtaskId> unfinished = new HashSet<>(rig.states().keySet());
        unfinished.removeIf(task -> rig.states().get(task).isTerminal());
        return unfinished;
    }

    private static boolean isOver(JobRig rig) {
        return rig.states().values().stream().allMatch(TaskState::isTerminal);
    }

    /** A property in which nothing was ever restored would hold as well. */
    @AfterContainer
    static void somethingWasRestored() {
        assertThat(restoresInTheMiddle).isGreaterThan(10);
        assertThat(elementsUnderWay).isGreaterThan(10_000);
    }
}

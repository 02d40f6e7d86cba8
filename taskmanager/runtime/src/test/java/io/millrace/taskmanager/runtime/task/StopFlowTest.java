package io.millrace.taskmanager.runtime.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.checkpoint.storage.InMemoryStorages;
import io.millrace.common.core.id.JobId;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.graph.snapshot.CheckpointKind;
import io.millrace.taskmanager.runtime.rig.JobRig;
import io.millrace.taskmanager.runtime.rig.JobSketch;
import io.millrace.taskmanager.runtime.rig.SnapshotKeeper;
import io.millrace.taskmanager.runtime.stream.Barrier;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import org.jspecify.annotations.Nullable;

/**
 * A job is stopped with a savepoint at random moments, with stops that come to nothing and other checkpoints between,
 * and goes on from the savepoint at another parallelism: its output is what it would have been without.
 */
class StopFlowTest {
    private static final int MOST_STEPS = 3_000_000;

    private static int stopsInTheMiddle;
    private static int failedStops;
    private static int lostBeforeTheCommit;
    private static int drainsInTheMiddle;

    private InMemoryStorages storages = new InMemoryStorages();
    private Random random = new Random(0);
    private long checkpoint;

    @Property(tries = 60)
    void aStoppedJobGoesOnFromItsSavepointAsIfNothingHadBeen(
            @ForAll @IntRange(min = 1, max = 3) int stops, @ForAll long seed) {
        begin(seed);
        SnapshotKeeper from = null;
        for (int run = 0; run < stops; run++) {
            from = runAndStop(run, from);
        }
        runToItsEnd(from);
        assertThat(Ledger.lines()).containsExactlyInAnyOrderElementsOf(BucketJob.expected());
    }

    private void begin(long seed) {
        Ledger.open();
        random = new Random(seed);
        storages = new InMemoryStorages();
        checkpoint = 0;
    }

    /** What was read is in exactly one window and one bucket, all of which have fired. */
    @Property(tries = 40)
    void aDrainedJobLeavesNothingUnfired(@ForAll long seed) {
        begin(seed);
        SnapshotKeeper keeper = new SnapshotKeeper(new JobId(0, 10), "/drained", storages);
        JobRig rig = start(BucketJob.random(random), keeper, null);
        steps(rig, random.nextInt(1_500));
        if (random.nextBoolean()) {
            // What belongs to it lies before the end, although the end is near.
            rig.announce(++checkpoint);
            steps(rig, random.nextInt(100));
        }
        Barrier drain = new Barrier(++checkpoint, CheckpointKind.DRAIN);
        Set<SubtaskId> asked = unfinished(rig);
        rig.announce(drain);
        rig.settle(random);
        assertThat(keeper.complete(drain.checkpoint(), asked)).isTrue();
        assertThat(rig.states().values()).contains(TaskState.RUNNING);
        rig.complete(drain);
        rig.settle(random);
        assertThat(rig.failures()).isEmpty();
        assertThat(rig.states().values()).containsOnly(TaskState.FINISHED);
        assertThat(rig.isClean()).isTrue();

        List<String> lines = Ledger.lines();
        long inBuckets = sum(lines, "bucket", 3);
        long elements = rig.finalStatistics().values().stream()
                .filter(task -> task.name().contains("numbers"))
                .mapToLong(TaskStatistics::recordsIn)
                .sum();
        assertThat(inBuckets).isEqualTo(elements);
        drainsInTheMiddle += elements > 0 && elements < BucketJob.ELEMENTS ? 1 : 0;
    }

    private static long sum(List<String> lines, String kind, int word) {
        return lines.stream()
                .map(line -> line.split(" "))
                .filter(words -> words[0].equals(kind))
                .mapToLong(words -> Long.parseLong(words[word]))
                .sum();
    }

    /** Runs a job for a while and stops it. @return the savepoint, or that of a run that ended before */
    private SnapshotKeeper runAndStop(int run, @Nullable SnapshotKeeper from) {
        BucketJob job = BucketJob.random(random);
        SnapshotKeeper keeper = new SnapshotKeeper(new JobId(0, 10), "/run" + run, storages);
        JobRig rig = start(job, keeper, from);
        steps(rig, random.nextInt(2_000));
        if (random.nextBoolean()) {
            // Under way when the stop is asked for, and perhaps never to be complete.
            rig.announce(++checkpoint);
            steps(rig, random.nextInt(100));
        }
        while (random.nextInt(3) == 0) {
            Barrier failing = new Barrier(++checkpoint, CheckpointKind.SAVEPOINT_THEN_STOP);
            rig.announce(failing);
            steps(rig, random.nextInt(300));
            rig.giveUp(failing.checkpoint());
            failedStops++;
            steps(rig, random.nextInt(1_000));
        }
        Barrier stop = new Barrier(++checkpoint, CheckpointKind.SAVEPOINT_THEN_STOP);
        Set<SubtaskId> asked = unfinished(rig);
        rig.announce(stop);
        for (int step = 0; !keeper.complete(stop.checkpoint(), asked); step++) {
            assertThat(step).isLessThan(MOST_STEPS);
            rig.stepAtRandom(random);
        }
        // Whatever time brings: nothing is emitted behind the barrier.
        rig.settle(random);
        stopsInTheMiddle += Ledger.lines().size() < BucketJob.expected().size() ? 1 : 0;
        if (random.nextBoolean()) {
            rig.complete(stop);
            rig.settle(random);
            assertThat(rig.states().values()).containsOnly(TaskState.FINISHED);
        } else {
            lostBeforeTheCommit++;
            rig.cancelAll();
            rig.settle(random);
            commitOnly(job, keeper.stopped());
        }
        assertThat(rig.failures()).isEmpty();
        assertThat(rig.isClean()).isTrue();
        return keeper.resumed();
    }

    /** The savepoint is complete, and its tasks are lost: others commit what it holds, and do nothing else. */
    private void commitOnly(BucketJob job, SnapshotKeeper savepoint) {
        SnapshotKeeper none = new SnapshotKeeper(new JobId(0, 10), "/none", storages);
        JobRig rig = start(job, none, savepoint);
        rig.settle(random);
        assertThat(rig.failures()).isEmpty();
        assertThat(rig.states().values()).containsOnly(TaskState.FINISHED);
        assertThat(rig.isClean()).isTrue();
        assertThat(none.hasTaken()).isFalse();
    }

    private void runToItsEnd(SnapshotKeeper from) {
        SnapshotKeeper keeper = new SnapshotKeeper(new JobId(0, 10), "/last", storages);
        JobRig rig = start(BucketJob.random(random), keeper, from);
        rig.settle(random);
        rig.cover(++checkpoint);
        rig.settle(random);
        assertThat(rig.failures()).isEmpty();
        assertThat(rig.states().values()).containsOnly(TaskState.FINISHED);
    }

    private JobRig start(BucketJob job, SnapshotKeeper keeper, @Nullable SnapshotKeeper from) {
        JobRig rig = new JobRig(job.processes(), 2, 64, random.nextLong(), storages);
        rig.watchBarriers(keeper::take);
        JobSketch sketch = rig.sketch().add(job.graph());
        if (from != null) {
            sketch.restoring((vertex, subtask) -> from.restorePoint(vertex));
        }
        return rig.deploy(sketch).start();
    }

    private void steps(JobRig rig, int count) {
        for (int step = 0; step < count; step++) {
            rig.stepAtRandom(random);
        }
    }

    private static Set<SubtaskId> unfinished(JobRig rig) {
        Set<SubtaskId> unfinished = new HashSet<>(rig.states().keySet());
        unfinished.removeIf(task -> rig.states().get(task).isTerminal());
        return unfinished;
    }

    @AfterContainer
    static void everyCaseWasThere() {
        assertThat(List.of(stopsInTheMiddle, failedStops, lostBeforeTheCommit, drainsInTheMiddle))
                .allMatch(count -> count > 10);
    }
}

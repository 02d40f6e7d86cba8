package io.millrace.taskmanager.state.heap;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.taskmanager.state.KeyGroups;
import io.millrace.taskmanager.state.RestoredPart;
import io.millrace.taskmanager.state.RestoredState;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * Random use of all kinds of state while snapshots begin, are written in small pieces between the changes, become
 * complete, are given up or are never heard of again: each that is given restores to what was there at its barrier,
 * however many subtasks share it out.
 */
final class HeapSnapshotModelTest {
    private static final int HASHES = 10_000;

    /** One subtask, with what it should have. */
    private static final class Subject {
        final Random random;
        final KeyGroups groups;
        final StoredSnapshots stored = new StoredSnapshots();
        final StateModel model;
        final List<Long> undecided = new ArrayList<>();
        long checkpoint;
        int given;
        StateModel atBarrier;
        boolean shared;

        Subject(Random random, KeyGroups groups, RestoredState restored, StateModel before) {
            this.random = random;
            this.groups = groups;
            this.model = new StateModel(Keys.textKeys(HASHES, groups, restored), before);
        }

        void act(int keys) {
            switch (random.nextInt(30)) {
                case 0, 1 -> beginIfNone();
                case 2, 3, 4 -> writeOn(random.nextInt(200) + 1);
                case 5 -> decide();
                default -> model.change(random, "k" + random.nextInt(keys));
            }
        }

        private void beginIfNone() {
            if (atBarrier == null) {
                begin(random.nextInt(5) > 0);
            }
        }

        void begin(boolean isShared) {
            checkpoint++;
            shared = isShared;
            atBarrier = model.copy();
            model.backend().beginSnapshot(checkpoint, isShared);
        }

        private void writeOn(long bytes) {
            if (atBarrier == null) {
                return;
            }
            if (random.nextInt(20) == 0) {
                model.backend().aborted(checkpoint);
                atBarrier = null;
            } else if (model.backend().writeSnapshot(bytes)) {
                check(model.given(stored, checkpoint), atBarrier);
                given++;
                if (shared) {
                    undecided.add(checkpoint);
                }
                atBarrier = null;
            }
        }

        private void decide() {
            if (!undecided.isEmpty()) {
                long decided = undecided.remove(random.nextInt(undecided.size()));
                if (random.nextInt(3) == 0) {
                    model.backend().aborted(decided);
                } else {
                    model.backend().completed(decided);
                    undecided.removeIf(number -> number < decided);
                }
            }
        }

        private void check(RestoredState snapshot, StateModel expected) {
            int cut = groups.from() + random.nextInt(groups.to() - groups.from() + 1);
            KeyGroups low = new KeyGroups(groups.from(), cut, Keys.GROUPS);
            KeyGroups high = new KeyGroups(cut, groups.to(), Keys.GROUPS);
            StateModel restoredLow = new StateModel(Keys.textKeys(HASHES, low, snapshot), null);
            StateModel restoredHigh = new StateModel(Keys.textKeys(HASHES, high, snapshot), null);
            expected.assertRestored(restoredLow, restoredHigh);
        }

        RestoredState savepoint() {
            if (atBarrier != null) {
                model.backend().aborted(checkpoint);
            }
            begin(false);
            while (!model.backend().writeSnapshot(100)) {
                model.change(random, "k" + random.nextInt(10));
            }
            return model.given(stored, checkpoint);
        }
    }

    @Property(tries = 300)
    void aSnapshotIsWhatWasThereAtItsBarrier(@ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int keys) {
        Random random = new Random(seed);
        Subject subject = new Subject(random, KeyGroups.all(Keys.GROUPS), RestoredState.NONE, null);
        for (int step = 0; step < 800; step++) {
            subject.act(keys);
        }
        assertThat(subject.given).isPositive();
    }

    @Property(tries = 100)
    void snapshotsOfWhatWasRestoredAreAsGood(@ForAll long seed, @ForAll @IntRange(min = 1, max = 30) int keys) {
        Random random = new Random(seed);
        Subject first = new Subject(random, KeyGroups.all(Keys.GROUPS), RestoredState.NONE, null);
        for (int step = 0; step < 200; step++) {
            first.act(keys);
        }
        RestoredState savepoint = first.savepoint();
        Subject second = new Subject(random, KeyGroups.all(Keys.GROUPS), savepoint, first.atBarrier);
        for (int step = 0; step < 400; step++) {
            second.act(keys);
        }
    }

    @Property(tries = 20)
    void aLargeTableIsWrittenInTurnsAndItsPartsStayFew(@ForAll long seed) {
        Random random = new Random(seed);
        int keys = 20_000;
        Subject subject = new Subject(random, KeyGroups.all(Keys.GROUPS), RestoredState.NONE, null);
        for (int i = 0; i < keys; i++) {
            subject.model.setValue("k" + i, i);
        }
        for (int checkpoint = 1; checkpoint <= 260; checkpoint++) {
            for (int i = 0; i < keys / 100; i++) {
                subject.model.setValue("k" + random.nextInt(keys), checkpoint);
            }
            subject.begin(true);
            while (!subject.model.backend().writeSnapshot(64 * 1024)) {
                subject.model.setValue("k" + random.nextInt(keys), -checkpoint);
            }
            RestoredState given = subject.model.given(subject.stored, checkpoint);
            subject.model.backend().completed(checkpoint);
            if (checkpoint > 1) {
                assertThat(subject.stored.written(checkpoint)).isLessThanOrEqualTo(7L * keys / 100);
                assertThat(given.parts()).hasSizeLessThanOrEqualTo(230);
                long held =
                        given.parts().stream().mapToLong(RestoredPart::entries).sum();
                assertThat(held).isLessThanOrEqualTo(3L * keys);
            }
            if (checkpoint % 52 == 0) {
                subject.check(given, subject.atBarrier);
            }
        }
    }
}

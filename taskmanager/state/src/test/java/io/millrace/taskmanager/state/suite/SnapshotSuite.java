package io.millrace.taskmanager.state.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.taskmanager.state.KeyGroups;
import io.millrace.taskmanager.state.KeyedStateFactory;
import io.millrace.taskmanager.state.RestoredPart;
import io.millrace.taskmanager.state.RestoredState;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random use of all kinds of state while snapshots begin, are written in small pieces between the changes, become
 * complete, are given up or are never heard of again: each that is given restores to what was there at its barrier,
 * however many subtasks share it out.
 */
public abstract class SnapshotSuite {

    /** Makes the backends to be shown. */
    protected abstract KeyedStateFactory factory();

    /** Makes the backends that savepoints of these are restored to, too, and whose savepoints these restore. */
    protected abstract KeyedStateFactory otherFactory();

    /** How many runs, each with other numbers drawn. */
    protected abstract int runs();

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

        final Backends backends;

        Subject(Backends backends, Random random, KeyGroups groups, RestoredState restored, StateModel before) {
            this.backends = backends;
            this.random = random;
            this.groups = groups;
            this.model = new StateModel(backends.textKeys(HASHES, groups, restored), before);
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
                check(backends, model.given(stored, checkpoint), atBarrier);
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

        void check(Backends backends, RestoredState snapshot, StateModel expected) {
            int cut = groups.from() + random.nextInt(groups.to() - groups.from() + 1);
            KeyGroups low = new KeyGroups(groups.from(), cut, Backends.GROUPS);
            KeyGroups high = new KeyGroups(cut, groups.to(), Backends.GROUPS);
            try (Backends restored = backends.more()) {
                StateModel restoredLow = new StateModel(restored.textKeys(HASHES, low, snapshot), null);
                StateModel restoredHigh = new StateModel(restored.textKeys(HASHES, high, snapshot), null);
                expected.assertRestored(restoredLow, restoredHigh);
            }
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

    @Test
    void aSnapshotIsWhatWasThereAtItsBarrier() {
        Seeds.run(runs(), seed -> {
            try (Backends backends = new Backends(factory())) {
                Random random = new Random(seed);
                int keys = 1 + random.nextInt(60);
                Subject subject =
                        new Subject(backends, random, KeyGroups.all(Backends.GROUPS), RestoredState.NONE, null);
                for (int step = 0; step < 800; step++) {
                    subject.act(keys);
                }
                assertThat(subject.given).isPositive();
            }
        });
    }

    @Test
    void snapshotsOfWhatWasRestoredAreAsGood() {
        restoresAndGoesOn(factory(), factory());
    }

    @Test
    void aSavepointOfAnotherBackendIsTakenUp() {
        restoresAndGoesOn(otherFactory(), factory());
    }

    @Test
    void anotherBackendTakesUpASavepoint() {
        restoresAndGoesOn(factory(), otherFactory());
    }

    private void restoresAndGoesOn(KeyedStateFactory from, KeyedStateFactory to) {
        Seeds.run(runs() / 3, seed -> {
            try (Backends backends = new Backends(from);
                    Backends others = new Backends(to)) {
                Random random = new Random(seed);
                int keys = 1 + random.nextInt(30);
                KeyGroups groups = KeyGroups.all(Backends.GROUPS);
                Subject first = new Subject(backends, random, groups, RestoredState.NONE, null);
                for (int step = 0; step < 200; step++) {
                    first.act(keys);
                }
                RestoredState savepoint = first.savepoint();
                Subject second = new Subject(others, random, groups, savepoint, first.atBarrier);
                for (int step = 0; step < 400; step++) {
                    second.act(keys);
                }
            }
        });
    }

    @Test
    void checkpointsOfAllSubtasksAreSharedOutAnew() {
        Seeds.run(runs() / 3, seed -> {
            try (Backends backends = new Backends(factory())) {
                Random random = new Random(seed);
                shareOutAnew(backends, random, random.nextInt(Backends.GROUPS + 1));
            }
        });
    }

    /** Two subtasks give checkpoints; two with another border between them take them up. */
    private static void shareOutAnew(Backends backends, Random random, int cut) {
        KeyGroups all = KeyGroups.all(Backends.GROUPS);
        Subject whole = new Subject(backends, random, all, RestoredState.NONE, null);
        for (int step = 0; step < 300; step++) {
            whole.model.change(random, "k" + random.nextInt(40));
        }
        RestoredState savepoint = whole.savepoint();
        List<RestoredPart> parts = new ArrayList<>();
        List<io.millrace.common.graph.snapshot.StateSchema> schemas = new ArrayList<>();
        for (KeyGroups groups :
                List.of(new KeyGroups(0, cut, Backends.GROUPS), new KeyGroups(cut, Backends.GROUPS, Backends.GROUPS))) {
            Subject part = new Subject(backends, random, groups, savepoint, whole.atBarrier);
            part.begin(true);
            part.model.backend().writeSnapshot(Long.MAX_VALUE);
            RestoredState given = part.model.given(part.stored, 1);
            parts.addAll(given.parts());
            schemas.addAll(given.schemas());
        }
        whole.check(backends, new RestoredState(parts, schemas), whole.atBarrier);
    }
}

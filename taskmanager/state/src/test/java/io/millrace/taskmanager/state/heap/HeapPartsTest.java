package io.millrace.taskmanager.state.heap;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.taskmanager.state.KeyGroups;
import io.millrace.taskmanager.state.RestoredPart;
import io.millrace.taskmanager.state.RestoredState;
import io.millrace.taskmanager.state.suite.Backends;
import io.millrace.taskmanager.state.suite.StateModel;
import io.millrace.taskmanager.state.suite.StoredSnapshots;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** How much the snapshots of the heap write. */
final class HeapPartsTest {
    private static final int KEYS = 20_000;

    @Property(tries = 20)
    void aLargeTableIsWrittenInTurnsAndItsPartsStayFew(@ForAll long seed) {
        Random random = new Random(seed);
        StoredSnapshots stored = new StoredSnapshots();
        Backends backends = new Backends(new HeapStateFactory());
        StateModel model =
                new StateModel(backends.textKeys(KEYS, KeyGroups.all(Backends.GROUPS), RestoredState.NONE), null);
        for (int i = 0; i < KEYS; i++) {
            model.setValue("k" + i, i);
        }
        for (int checkpoint = 1; checkpoint <= 260; checkpoint++) {
            for (int i = 0; i < KEYS / 100; i++) {
                model.setValue("k" + random.nextInt(KEYS), checkpoint);
            }
            StateModel atBarrier = model.copy();
            model.backend().beginSnapshot(checkpoint, true);
            while (!model.backend().writeSnapshot(64 * 1024)) {
                model.setValue("k" + random.nextInt(KEYS), -checkpoint);
            }
            RestoredState given = model.given(stored, checkpoint);
            model.backend().completed(checkpoint);
            if (checkpoint > 1) {
                assertThat(stored.written(checkpoint)).isLessThanOrEqualTo(7L * KEYS / 100);
                assertThat(given.parts()).hasSizeLessThanOrEqualTo(230);
                long held =
                        given.parts().stream().mapToLong(RestoredPart::entries).sum();
                assertThat(held).isLessThanOrEqualTo(3L * KEYS);
            }
            if (checkpoint % 52 == 0) {
                int cut = random.nextInt(Backends.GROUPS + 1);
                KeyGroups low = new KeyGroups(0, cut, Backends.GROUPS);
                KeyGroups high = new KeyGroups(cut, Backends.GROUPS, Backends.GROUPS);
                atBarrier.assertRestored(
                        new StateModel(backends.textKeys(KEYS, low, given), null),
                        new StateModel(backends.textKeys(KEYS, high, given), null));
            }
        }
    }
}

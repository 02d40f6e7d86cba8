package io.millrace.taskmanager.state.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.state.ListState;
import io.millrace.api.state.ListStateDescriptor;
import io.millrace.api.state.MapState;
import io.millrace.api.state.MapStateDescriptor;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.types.BasicType;
import io.millrace.taskmanager.state.KeyGroups;
import io.millrace.taskmanager.state.KeyedStateBackend;
import io.millrace.taskmanager.state.KeyedStateFactory;
import io.millrace.taskmanager.state.RestoredState;
import io.millrace.taskmanager.state.SliceState;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** States of ints that a job goes on with as states of longs. */
public abstract class WideningSuite {
    private static final int KEYS = 300;
    private static final int HASHES = 10_000;
    private static final long SLICE = 1_000;

    /** Makes the backends to be shown. */
    protected abstract KeyedStateFactory factory();

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everyKindOfStateIsReadAsWhatItIsNow(boolean shared) {
        try (Backends backends = new Backends(factory())) {
            RestoredState ints = writtenAsInts(backends, shared);
            KeyedStateBackend<String> longs = backends.textKeys(HASHES, KeyGroups.all(Backends.GROUPS), ints);
            assertAllAreLongs(longs, KeyGroups.all(Backends.GROUPS));
        }
    }

    @Test
    void subtasksThatShareThemOutDoTheSame() {
        try (Backends backends = new Backends(factory())) {
            RestoredState ints = writtenAsInts(backends, true);
            int middle = Backends.GROUPS / 3;
            for (KeyGroups groups : new KeyGroups[] {
                new KeyGroups(0, middle, Backends.GROUPS), new KeyGroups(middle, Backends.GROUPS, Backends.GROUPS)
            }) {
                assertAllAreLongs(backends.textKeys(HASHES, groups, ints), groups);
            }
        }
    }

    @Test
    void whatIsTakenThenHasTheSchemaOfNow() {
        try (Backends backends = new Backends(factory())) {
            KeyGroups all = KeyGroups.all(Backends.GROUPS);
            KeyedStateBackend<String> longs = backends.textKeys(HASHES, all, writtenAsInts(backends, true));
            assertAllAreLongs(longs, all);
            longs.setCurrentKey("k0");
            longs.valueState(new ValueStateDescriptor<>("value", Long.class)).update(1L << 40);
            RestoredState taken = snapshot(longs, 2, true);
            assertThat(taken.schemas()).allSatisfy(schema -> assertThat(
                            new String(schema.description().array(), StandardCharsets.UTF_8))
                    .doesNotContain("Integer"));
            KeyedStateBackend<String> again = backends.textKeys(HASHES, all, taken);
            // Asked for while there is a current key, as in the middle of a record.
            again.setCurrentKey("k0");
            ValueState<Long> value = again.valueState(new ValueStateDescriptor<>("value", Long.class));
            assertThat(value.value()).isEqualTo(1L << 40);
            value.update(0L);
            assertAllAreLongs(again, all);
        }
    }

    private static RestoredState writtenAsInts(Backends backends, boolean shared) {
        KeyedStateBackend<String> ints = backends.textKeys(HASHES);
        ValueState<Integer> value = ints.valueState(new ValueStateDescriptor<>("value", Integer.class));
        ListState<Integer> list = ints.listState(new ListStateDescriptor<>("list", Integer.class));
        MapState<Integer, Integer> map = ints.mapState(new MapStateDescriptor<>("map", Integer.class, Integer.class));
        SliceState<Integer> slices = ints.sliceState("slices", new BasicType<>(Integer.class));
        for (int i = 0; i < KEYS; i++) {
            ints.setCurrentKey("k" + i);
            value.update(i);
            list.update(List.of(i, -i));
            map.put(i, i + 1);
            map.put(-1, 7);
            slices.put(SLICE, i + 2);
            slices.put(2 * SLICE, i + 3);
        }
        return snapshot(ints, 1, shared);
    }

    private static RestoredState snapshot(KeyedStateBackend<?> backend, long checkpoint, boolean shared) {
        backend.beginSnapshot(checkpoint, shared);
        backend.writeSnapshot(Long.MAX_VALUE);
        return new StoredSnapshots().take(backend, checkpoint);
    }

    private static void assertAllAreLongs(KeyedStateBackend<String> longs, KeyGroups groups) {
        ValueState<Long> value = longs.valueState(new ValueStateDescriptor<>("value", Long.class));
        ListState<Long> list = longs.listState(new ListStateDescriptor<>("list", Long.class));
        MapState<Long, Long> map = longs.mapState(new MapStateDescriptor<>("map", Long.class, Long.class));
        SliceState<Long> slices = longs.sliceState("slices", new BasicType<>(Long.class));
        int own = 0;
        for (long i = 0; i < KEYS; i++) {
            String key = "k" + i;
            longs.setCurrentKey(key);
            if (!groups.holdHash(Math.floorMod(key.hashCode(), HASHES))) {
                continue;
            }
            own++;
            assertThat(value.value()).isEqualTo(i);
            assertThat(list.get()).containsExactly(i, -i);
            assertThat(map.entries())
                    .extracting(Map.Entry::getKey, Map.Entry::getValue)
                    .containsExactlyInAnyOrder(Assertions.tuple(i, i + 1), Assertions.tuple(-1L, 7L));
            assertThat(slices.get(SLICE)).isEqualTo(i + 2);
            assertThat(slices.get(2 * SLICE)).isEqualTo(i + 3);
        }
        int count = 0;
        for (SliceState.Cursor<Long> cursor = slices.cursor(SLICE); cursor.next(); ) {
            count++;
        }
        assertThat(count).isEqualTo(own).isPositive();
        assertThat(longs.keyCount()).isEqualTo(own);
    }
}

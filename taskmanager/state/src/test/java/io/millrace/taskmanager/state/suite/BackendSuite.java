package io.millrace.taskmanager.state.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.functions.AggregateFunction;
import io.millrace.api.state.AggregatingState;
import io.millrace.api.state.AggregatingStateDescriptor;
import io.millrace.api.state.ListState;
import io.millrace.api.state.ListStateDescriptor;
import io.millrace.api.state.MapState;
import io.millrace.api.state.MapStateDescriptor;
import io.millrace.api.state.ReducingState;
import io.millrace.api.state.ReducingStateDescriptor;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.types.BasicType;
import io.millrace.api.types.TypeInformation;
import io.millrace.taskmanager.state.KeyedStateBackend;
import io.millrace.taskmanager.state.KeyedStateFactory;
import io.millrace.taskmanager.state.KeyedStateRequest;
import io.millrace.taskmanager.state.SliceState;
import io.millrace.taskmanager.state.TimerQueue;
import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The states of a backend one by one. */
public abstract class BackendSuite {

    /** Makes the backends to be shown. */
    protected abstract KeyedStateFactory factory();

    private final Backends backends = new Backends(new KeyedStateFactory() {
        @Override
        public <K> KeyedStateBackend<K> create(KeyedStateRequest<K> request) {
            return factory().create(request);
        }
    });

    @AfterEach
    void closeBackends() {
        backends.close();
        afterAllAreClosed();
    }

    /** How many keys are many. */
    protected int manyKeys() {
        return 1_000_000;
    }

    /** For what is to be seen when nothing is open any more. */
    protected void afterAllAreClosed() {}

    /** Sums longs into a one-element array, to show that accumulators may be changed in place. */
    private static final class InPlaceSum implements AggregateFunction<Long, long[], Long> {
        private static final long serialVersionUID = 1L;

        @Override
        public long[] createAccumulator() {
            return new long[1];
        }

        @Override
        public long[] add(Long value, long[] accumulator) {
            accumulator[0] += value;
            return accumulator;
        }

        @Override
        public Long getResult(long[] accumulator) {
            return accumulator[0];
        }

        @Override
        public long[] merge(long[] a, long[] b) {
            a[0] += b[0];
            return a;
        }
    }

    @Test
    void manyLongKeysKeepTheirValues() {
        KeyedStateBackend<Long> backend = backends.longKeys(Integer.MAX_VALUE);
        ValueState<Long> sum = backend.valueState(new ValueStateDescriptor<>("sum", Long.class));
        for (int round = 0; round < 2; round++) {
            for (long key = 0; key < manyKeys(); key++) {
                backend.setCurrentKey(key * 7919);
                Long before = sum.value();
                sum.update((before == null ? 0 : before) + key);
            }
        }
        for (long key = 0; key < manyKeys(); key += 997) {
            backend.setCurrentKey(key * 7919);
            assertThat(sum.value()).isEqualTo(2 * key);
        }
        assertThat(backend.keyCount()).isEqualTo(manyKeys());
    }

    @Test
    void aKeyGoesWithItsLastState() {
        KeyedStateBackend<String> backend = backends.textKeys(1);
        ValueState<String> a = backend.valueState(new ValueStateDescriptor<>("a", String.class));
        ValueState<Integer> b = backend.valueState(new ValueStateDescriptor<>("b", Integer.class));
        for (int i = 0; i < 1_000; i++) {
            backend.setCurrentKey("key" + i);
            a.update("x");
            b.update(i);
            a.clear();
            assertThat(b.value()).isEqualTo(i);
            b.update(null);
            assertThat(b.value()).isNull();
        }
        assertThat(backend.keyCount()).isZero();
    }

    @Test
    void reducingAndAggregatingStateStartFromTheFirstElement() {
        KeyedStateBackend<String> backend = backends.textKeys(100);
        ReducingState<Double> max =
                backend.reducingState(new ReducingStateDescriptor<>("max", Math::max, Double.class));
        AggregatingState<Long, Long> sum = backend.aggregatingState(
                new AggregatingStateDescriptor<>("sum", new InPlaceSum(), TypeInformation.of(long[].class)));
        backend.setCurrentKey("a");
        assertThat(max.get()).isNull();
        assertThat(sum.get()).isNull();
        for (long i = 1; i <= 4; i++) {
            max.add(-1.0 * i);
            sum.add(i);
        }
        assertThat(max.get()).isEqualTo(-1.0);
        assertThat(sum.get()).isEqualTo(10L);
        backend.setCurrentKey("b");
        assertThat(sum.get()).isNull();
    }

    @Test
    void removingTheLastMapEntryThroughTheIteratorEmptiesTheState() {
        KeyedStateBackend<String> backend = backends.textKeys(100);
        MapState<String, Integer> map = backend.mapState(new MapStateDescriptor<>("m", String.class, Integer.class));
        backend.setCurrentKey("a");
        map.put("x", 1);
        map.put("y", 2);
        assertThat(map.keys()).containsExactlyInAnyOrder("x", "y");
        assertThat(map.values()).containsExactlyInAnyOrder(1, 2);
        for (Iterator<Map.Entry<String, Integer>> all = map.iterator(); all.hasNext(); ) {
            all.next();
            all.remove();
        }
        assertThat(map.isEmpty()).isTrue();
        assertThat(backend.keyCount()).isZero();
    }

    @Test
    void sameNameOtherTypeIsRefused() {
        KeyedStateBackend<String> backend = backends.textKeys(100);
        backend.valueState(new ValueStateDescriptor<>("s", Long.class));
        assertThat(backend.valueState(new ValueStateDescriptor<>("s", Long.class)))
                .isNotNull();
        assertThatThrownBy(() -> backend.valueState(new ValueStateDescriptor<>("s", String.class)))
                .hasMessageContaining("STATE_REDEFINED")
                .hasMessageContaining("'s'");
    }

    @Test
    void nullsAreKeptOutOfListsAndMapKeys() {
        KeyedStateBackend<String> backend = backends.textKeys(100);
        ListState<String> list = backend.listState(new ListStateDescriptor<>("l", String.class));
        backend.setCurrentKey("a");
        List<String> withNull = new ArrayList<>();
        withNull.add(null);
        assertThatThrownBy(() -> list.update(withNull)).hasMessageContaining("STATE_NULL_ELEMENT");
        assertThat(backend.keyCount()).isZero();
    }

    @Test
    void slicesKeepAccumulatorsPerKeyAndAreGoneThroughInOrder() {
        KeyedStateBackend<String> backend = backends.textKeys(3);
        SliceState<Long> slices = backend.sliceState("w", new BasicType<>(Long.class));
        Map<Long, Map<String, Long>> expected = new HashMap<>();
        for (int i = 0; i < 500; i++) {
            String key = "k" + i % 37;
            long end = 60L * (1 + i % 5);
            backend.setCurrentKey(key);
            Long before = slices.get(end);
            slices.put(end, before == null ? 1 : before + 1);
            expected.computeIfAbsent(end, absent -> new HashMap<>()).merge(key, 1L, Long::sum);
        }
        for (long end = slices.firstSlice(); end != Long.MAX_VALUE; end = slices.firstSlice()) {
            Map<String, Long> found = new HashMap<>();
            SliceState.Cursor<Long> cursor = slices.cursor(end);
            while (cursor.next()) {
                found.put(backend.currentKey(), cursor.accumulator());
            }
            assertThat(found).isEqualTo(expected.remove(end));
            slices.drop(end);
        }
        assertThat(expected).isEmpty();
    }

    @Test
    void aMapThatChangesWhileItIsIteratedOverSaysSo() {
        KeyedStateBackend<String> backend = backends.textKeys(7);
        MapState<Long, String> map = backend.mapState(new MapStateDescriptor<>("m", Long.class, String.class));
        backend.setCurrentKey("a");
        map.put(1L, "one");
        map.put(2L, "two");
        Iterator<Map.Entry<Long, String>> entries = map.iterator();
        Map.Entry<Long, String> first = entries.next();
        map.put(3L, "three");

        assertThatThrownBy(entries::next).isInstanceOf(ConcurrentModificationException.class);
        first.setValue("uno");
        assertThat(map.get(first.getKey())).isEqualTo("uno");
        backend.setCurrentKey("b");
        assertThatThrownBy(() -> first.setValue("eins")).isInstanceOf(ConcurrentModificationException.class);
        backend.setCurrentKey("a");
        assertThat(map.get(first.getKey())).isEqualTo("uno");
    }

    @Test
    void manyTimersOfManyTimesFireInOrder() {
        KeyedStateBackend<String> backend = backends.textKeys(1000);
        TimerQueue timers = backend.eventTimeTimers();
        for (int i = 0; i < 5_000; i++) {
            backend.setCurrentKey("k" + i % 1_000);
            timers.register(i * 7919L % 5_000);
        }
        for (int i = 0; i < 5_000; i += 3) {
            backend.setCurrentKey("k" + i % 1_000);
            timers.delete(i * 7919L % 5_000);
        }
        long last = Long.MIN_VALUE;
        int fired = 0;
        while (timers.pollDue(Long.MAX_VALUE)) {
            assertThat(timers.firedTime()).isGreaterThan(last);
            last = timers.firedTime();
            fired++;
        }
        assertThat(fired).isEqualTo(3_333);
        assertThat(backend.keyCount()).isZero();
    }
}

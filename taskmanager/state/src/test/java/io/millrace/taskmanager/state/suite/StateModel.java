package io.millrace.taskmanager.state.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.state.ListState;
import io.millrace.api.state.ListStateDescriptor;
import io.millrace.api.state.MapState;
import io.millrace.api.state.MapStateDescriptor;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.types.BasicType;
import io.millrace.api.types.DynamicType;
import io.millrace.taskmanager.state.KeyedStateBackend;
import io.millrace.taskmanager.state.RestoredState;
import io.millrace.taskmanager.state.SliceState;
import io.millrace.taskmanager.state.TimerQueue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A backend beside plain collections that hold what it should. Text keys; every kind of state. */
public final class StateModel {
    private static final int SLICES = 4;

    private final KeyedStateBackend<String> backend;
    private final ValueState<Long> value;
    private final ValueState<AtomicLong> counter;
    private final ListState<String> list;
    private final MapState<Integer, AtomicLong> map;
    private final TimerQueue timers;
    private final SliceState<AtomicLong> slices;
    private final Expected expected;

    /** What all keys should have. */
    private record Expected(
            Map<String, Long> values,
            Map<String, Long> counters,
            Map<String, List<String>> lists,
            Map<String, Map<Integer, Long>> maps,
            Set<String> timers,
            Map<Long, Map<String, Long>> slices) {
        Expected() {
            this(new HashMap<>(), new HashMap<>(), new HashMap<>(), new HashMap<>(), new HashSet<>(), new TreeMap<>());
        }

        Expected copy() {
            Expected copy = new Expected();
            copy.values.putAll(values);
            copy.counters.putAll(counters);
            lists.forEach((key, elements) -> copy.lists.put(key, new ArrayList<>(elements)));
            maps.forEach((key, entries) -> copy.maps.put(key, new HashMap<>(entries)));
            copy.timers.addAll(timers);
            slices.forEach((end, keys) -> copy.slices.put(end, new HashMap<>(keys)));
            return copy;
        }
    }

    /** @param before what the backend was restored to; null if it is empty or not to be compared */
    public StateModel(KeyedStateBackend<String> backend, @Nullable StateModel before) {
        this(backend, before == null ? new Expected() : before.expected.copy());
    }

    private StateModel(KeyedStateBackend<String> backend, Expected expected) {
        this.backend = backend;
        this.value = backend.valueState(new ValueStateDescriptor<>("v", Long.class));
        this.counter = backend.valueState(new ValueStateDescriptor<>("c", new DynamicType<>(AtomicLong.class)));
        this.list = backend.listState(new ListStateDescriptor<>("l", String.class));
        this.map = backend.mapState(
                new MapStateDescriptor<>("m", new BasicType<>(Integer.class), new DynamicType<>(AtomicLong.class)));
        this.timers = backend.eventTimeTimers();
        this.slices = backend.sliceState("s", new DynamicType<>(AtomicLong.class));
        this.expected = expected;
    }

    public KeyedStateBackend<String> backend() {
        return backend;
    }

    /** What should be there now, to be compared with later. */
    public StateModel copy() {
        return new StateModel(backend, expected.copy());
    }

    public RestoredState given(StoredSnapshots stored, long checkpoint) {
        return stored.take(backend, checkpoint);
    }

    public void setValue(String key, long number) {
        backend.setCurrentKey(key);
        value.update(number);
        expected.values.put(key, number);
    }

    public void change(Random random, String key) {
        backend.setCurrentKey(key);
        int number = random.nextInt(6);
        switch (random.nextInt(12)) {
            case 0 -> setValue(key, number);
            case 1 -> {
                value.clear();
                expected.values.remove(key);
            }
            case 2, 3 -> count(key);
            case 4 -> {
                counter.clear();
                expected.counters.remove(key);
            }
            case 5 -> {
                list.add("e" + number);
                expected.lists.computeIfAbsent(key, absent -> new ArrayList<>()).add("e" + number);
            }
            case 6 -> {
                list.clear();
                expected.lists.remove(key);
            }
            case 7 -> countInMap(key, number);
            case 8 -> {
                map.remove(number);
                expected.maps.getOrDefault(key, new HashMap<>()).remove(number);
            }
            case 9 -> changeTimers(random, key, number);
            case 10 -> countInSlice(key, number % SLICES);
            default -> pollOrDrop(random);
        }
    }

    /** Changes a value in place, as functions do, and sets it again. */
    private void count(String key) {
        AtomicLong found = counter.value();
        AtomicLong counted = found == null ? new AtomicLong() : found;
        counted.incrementAndGet();
        counter.update(counted);
        expected.counters.merge(key, 1L, Long::sum);
    }

    private void countInMap(String key, int number) {
        AtomicLong found = map.get(number);
        AtomicLong counted = found == null ? new AtomicLong() : found;
        counted.incrementAndGet();
        map.put(number, counted);
        expected.maps.computeIfAbsent(key, absent -> new HashMap<>()).merge(number, 1L, Long::sum);
    }

    private void countInSlice(String key, int number) {
        long end = slices.firstSlice() == Long.MAX_VALUE ? 1_000 : slices.firstSlice() + 1_000L * number;
        AtomicLong found = slices.get(end);
        AtomicLong counted = found == null ? new AtomicLong() : found;
        counted.incrementAndGet();
        slices.put(end, counted);
        expected.slices.computeIfAbsent(end, absent -> new HashMap<>()).merge(key, 1L, Long::sum);
    }

    private void changeTimers(Random random, String key, long time) {
        if (random.nextBoolean()) {
            timers.register(time);
            expected.timers.add(key + "@" + time);
        } else {
            timers.delete(time);
            expected.timers.remove(key + "@" + time);
        }
    }

    private void pollOrDrop(Random random) {
        if (random.nextInt(4) > 0) {
            if (timers.pollDue(random.nextInt(3))) {
                expected.timers.remove(backend.currentKey() + "@" + timers.firedTime());
            }
        } else if (slices.firstSlice() != Long.MAX_VALUE) {
            expected.slices.remove(slices.firstSlice());
            slices.drop(slices.firstSlice());
        }
    }

    /** Both together have what this one should; what either has, the other has not. */
    public void assertRestored(StateModel low, StateModel high) {
        int keys = 0;
        Set<String> all = new HashSet<>(expected.values.keySet());
        all.addAll(expected.counters.keySet());
        all.addAll(expected.lists.keySet());
        expected.maps.forEach((key, entries) -> keysWith(key, !entries.isEmpty(), all));
        expected.timers.forEach(timer -> all.add(timer.substring(0, timer.indexOf('@'))));
        for (StateModel restored : List.of(low, high)) {
            keys += restored.backend.keyCount();
        }
        assertThat(keys).isEqualTo(all.size());
        for (String key : all) {
            low.backend.setCurrentKey(key);
            high.backend.setCurrentKey(key);
            assertThat(either(low.value.value(), high.value.value())).isEqualTo(expected.values.get(key));
            assertThat(numberOf(either(low.counter.value(), high.counter.value())))
                    .isEqualTo(expected.counters.get(key));
            List<String> lists = new ArrayList<>();
            low.list.get().forEach(lists::add);
            high.list.get().forEach(lists::add);
            assertThat(lists).isEqualTo(expected.lists.getOrDefault(key, List.of()));
            Map<Integer, Long> maps = new HashMap<>();
            low.map.entries().forEach(entry -> maps.put(entry.getKey(), numberOf(entry.getValue())));
            high.map.entries().forEach(entry -> maps.put(entry.getKey(), numberOf(entry.getValue())));
            assertThat(maps).isEqualTo(expected.maps.getOrDefault(key, Map.of()));
        }
        Set<String> timersFound = new HashSet<>(low.drainTimers());
        timersFound.addAll(high.drainTimers());
        assertThat(timersFound).isEqualTo(expected.timers);
        TreeMap<Long, Map<String, Long>> slicesFound = new TreeMap<>();
        low.readSlices(slicesFound);
        high.readSlices(slicesFound);
        assertThat(slicesFound).isEqualTo(expected.slices);
    }

    private static void keysWith(String key, boolean something, Set<String> into) {
        if (something) {
            into.add(key);
        }
    }

    private static <T> @Nullable T either(@Nullable T low, @Nullable T high) {
        assertThat(low == null || high == null).isTrue();
        return low == null ? high : low;
    }

    private static @Nullable Long numberOf(@Nullable AtomicLong number) {
        return number == null ? null : (Long) number.get();
    }

    private List<String> drainTimers() {
        List<String> found = new ArrayList<>();
        while (timers.pollDue(Long.MAX_VALUE)) {
            found.add(backend.currentKey() + "@" + timers.firedTime());
        }
        return found;
    }

    private void readSlices(Map<Long, Map<String, Long>> into) {
        for (long end = slices.firstSlice(); end != Long.MAX_VALUE; end = slices.sliceAfter(end)) {
            SliceState.Cursor<AtomicLong> cursor = slices.cursor(end);
            while (cursor.next()) {
                into.computeIfAbsent(end, absent -> new HashMap<>())
                        .put(backend.currentKey(), cursor.accumulator().get());
            }
        }
    }
}

package io.millrace.taskmanager.state.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.state.ListState;
import io.millrace.api.state.ListStateDescriptor;
import io.millrace.api.state.MapState;
import io.millrace.api.state.MapStateDescriptor;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.taskmanager.state.KeyedStateBackend;
import io.millrace.taskmanager.state.KeyedStateFactory;
import io.millrace.taskmanager.state.TimerQueue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Random use of all kinds of state and timers beside plain Java collections: after every step both say the same. */
public abstract class StateSuite {

    /** Makes the backends to be shown. */
    protected abstract KeyedStateFactory factory();

    /** How many runs, each with other numbers drawn. */
    protected abstract int runs();

    /** What one key should have. */
    private static final class Expected {
        Long value;
        List<String> list = new ArrayList<>();
        Map<Integer, String> map = new LinkedHashMap<>();
        Map<Long, Long> longs = new LinkedHashMap<>();

        boolean isEmpty(Set<Long> timers) {
            return value == null && list.isEmpty() && map.isEmpty() && longs.isEmpty() && timers.isEmpty();
        }
    }

    private record Timer(String key, long time) {}

    @Test
    void agreesWithPlainCollections() {
        Seeds.run(runs(), seed -> {
            try (Backends backends = new Backends(factory())) {
                Random random = new Random(seed);
                agrees(random, 1 + random.nextInt(40), backends.textKeys(1 + random.nextInt(50)));
            }
        });
    }

    private static void agrees(Random random, int keys, KeyedStateBackend<String> backend) {
        ValueState<Long> value = backend.valueState(new ValueStateDescriptor<>("v", Long.class));
        ListState<String> list = backend.listState(new ListStateDescriptor<>("l", String.class));
        MapState<Integer, String> map = backend.mapState(new MapStateDescriptor<>("m", Integer.class, String.class));
        MapState<Long, Long> longs = backend.mapState(new MapStateDescriptor<>("ml", Long.class, Long.class));
        TimerQueue timers = backend.eventTimeTimers();
        Map<String, Expected> expected = new HashMap<>();
        List<Timer> expectedTimers = new ArrayList<>();

        for (int step = 0; step < 400; step++) {
            String key = "k" + random.nextInt(keys);
            Expected model = expected.computeIfAbsent(key, absent -> new Expected());
            backend.setCurrentKey(key);
            long time = random.nextInt(30);
            switch (random.nextInt(13)) {
                case 0 -> {
                    value.update(time);
                    model.value = time;
                }
                case 1 -> {
                    value.clear();
                    model.value = null;
                }
                case 2 -> {
                    list.add("e" + step);
                    model.list.add("e" + step);
                }
                case 3 -> {
                    list.clear();
                    model.list.clear();
                }
                case 4 -> {
                    map.put((int) time, "m" + step);
                    model.map.put((int) time, "m" + step);
                }
                case 5 -> {
                    map.remove((int) time);
                    model.map.remove((int) time);
                }
                case 8 -> {
                    longs.put(time, (long) step);
                    model.longs.put(time, (long) step);
                }
                case 9 -> {
                    longs.remove(time);
                    model.longs.remove(time);
                }
                case 10 -> {
                    changeWhileIterating(longs.iterator(), time);
                    changeWhileIterating(model.longs.entrySet().iterator(), time);
                }
                case 11 -> {
                    map.clear();
                    model.map.clear();
                }
                case 6 -> {
                    timers.register(time);
                    if (expectedTimers.stream().noneMatch(t -> t.key.equals(key) && t.time == time)) {
                        expectedTimers.add(new Timer(key, time));
                    }
                }
                case 7 -> {
                    timers.delete(time);
                    expectedTimers.removeIf(t -> t.key.equals(key) && t.time == time);
                }
                default -> pollOne(backend, timers, expectedTimers, random.nextInt(30));
            }
            backend.setCurrentKey(key);
            assertThat(value.value()).isEqualTo(model.value);
            assertThat(list.get()).containsExactlyElementsOf(model.list);
            assertThat(map.entries()).containsExactlyInAnyOrderElementsOf(model.map.entrySet());
            assertThat(map.contains((int) time)).isEqualTo(model.map.containsKey((int) time));
            assertThat(longs.entries()).containsExactlyInAnyOrderElementsOf(model.longs.entrySet());
            assertThat(longs.keys()).containsExactlyInAnyOrderElementsOf(model.longs.keySet());
            assertThat(longs.values()).containsExactlyInAnyOrderElementsOf(model.longs.values());
            assertThat(longs.get(time)).isEqualTo(model.longs.get(time));
            assertThat(map.isEmpty()).isEqualTo(model.map.isEmpty());
            assertThat(timers.size()).isEqualTo(expectedTimers.size());
        }
        assertThat(backend.keyCount()).isEqualTo((int) keysWithSomething(expected, expectedTimers));
    }

    /** Removes the entries below {@code bound} and adds one to the values of the others. */
    private static void changeWhileIterating(Iterator<Map.Entry<Long, Long>> entries, long bound) {
        while (entries.hasNext()) {
            Map.Entry<Long, Long> entry = entries.next();
            if (entry.getKey() < bound) {
                entries.remove();
            } else {
                entry.setValue(entry.getValue() + 1);
            }
        }
    }

    private static void pollOne(
            KeyedStateBackend<String> backend, TimerQueue timers, List<Timer> expectedTimers, long upTo) {
        long first = expectedTimers.stream().mapToLong(Timer::time).min().orElse(Long.MAX_VALUE);
        assertThat(timers.nextTime()).isEqualTo(first);
        boolean due = !expectedTimers.isEmpty() && first <= upTo;
        assertThat(timers.pollDue(upTo)).isEqualTo(due);
        if (due) {
            assertThat(timers.firedTime()).isEqualTo(first);
            assertThat(expectedTimers.remove(new Timer(backend.currentKey(), first)))
                    .isTrue();
        }
    }

    private static long keysWithSomething(Map<String, Expected> expected, List<Timer> timers) {
        return expected.entrySet().stream()
                .filter(entry -> {
                    Set<Long> times = new HashSet<>();
                    timers.stream().filter(t -> t.key.equals(entry.getKey())).forEach(t -> times.add(t.time));
                    return !entry.getValue().isEmpty(times);
                })
                .count();
    }
}

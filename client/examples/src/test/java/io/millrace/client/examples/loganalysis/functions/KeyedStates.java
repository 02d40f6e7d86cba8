package io.millrace.client.examples.loganalysis.functions;

import io.millrace.api.functions.JobInfo;
import io.millrace.api.functions.RuntimeContext;
import io.millrace.api.functions.TaskInfo;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keyed state in plain maps, one key at a time, for functions stepped by hand. What is stored goes through bytes, so a
 * function that changes a value without storing it again is found out.
 */
final class KeyedStates implements RuntimeContext {
    private final Map<String, Map<String, Object>> values = new HashMap<>();
    final Set<String> names = new HashSet<>();
    String key = "";

    private @Nullable Object get(String state) {
        return values.get(state).get(key);
    }

    private void set(String state, @Nullable Object value) {
        if (value == null) {
            values.get(state).remove(key);
        } else {
            values.get(state).put(key, value);
        }
    }

    private void register(String state) {
        if (!names.add(state)) {
            throw new AssertionError("two states are named " + state);
        }
        values.put(state, new HashMap<>());
    }

    @Override
    @SuppressWarnings("unchecked") // only the state itself puts values under its name
    public <T> ValueState<T> getState(ValueStateDescriptor<T> descriptor) {
        String name = descriptor.getName();
        register(name);
        ThroughBytes<T> bytes = new ThroughBytes<>(descriptor.type());
        return new ValueState<>() {
            @Override
            public @Nullable T value() {
                T value = (T) get(name);
                return value == null ? null : bytes.pass(value);
            }

            @Override
            public void update(@Nullable T value) {
                set(name, value == null ? null : bytes.pass(value));
            }

            @Override
            public void clear() {
                set(name, null);
            }
        };
    }

    @Override
    @SuppressWarnings("unchecked") // only the state itself puts values under its name
    public <T> ListState<T> getListState(ListStateDescriptor<T> descriptor) {
        String name = descriptor.getName();
        register(name);
        return new ListState<>() {
            private List<T> list() {
                return (List<T>) values.get(name).computeIfAbsent(key, k -> new ArrayList<>());
            }

            @Override
            public Iterable<T> get() {
                return list();
            }

            @Override
            public void add(T value) {
                list().add(value);
            }

            @Override
            public void addAll(List<T> more) {
                list().addAll(more);
            }

            @Override
            public void update(List<T> replacement) {
                set(name, new ArrayList<>(replacement));
            }

            @Override
            public void clear() {
                set(name, null);
            }
        };
    }

    @Override
    @SuppressWarnings("unchecked") // only the state itself puts values under its name
    public <K, V> MapState<K, V> getMapState(MapStateDescriptor<K, V> descriptor) {
        String name = descriptor.getName();
        register(name);
        ThroughBytes<V> bytes = new ThroughBytes<>(descriptor.valueType());
        return new MapState<>() {
            private Map<K, V> map() {
                return (Map<K, V>) values.get(name).computeIfAbsent(key, k -> new HashMap<>());
            }

            @Override
            public @Nullable V get(K mapKey) {
                V value = map().get(mapKey);
                return value == null ? null : bytes.pass(value);
            }

            @Override
            public void put(K mapKey, V value) {
                map().put(mapKey, bytes.pass(value));
            }

            @Override
            public void putAll(Map<K, V> entries) {
                map().putAll(entries);
            }

            @Override
            public void remove(K mapKey) {
                map().remove(mapKey);
            }

            @Override
            public boolean contains(K mapKey) {
                return map().containsKey(mapKey);
            }

            @Override
            public Iterable<Map.Entry<K, V>> entries() {
                return map().entrySet();
            }

            @Override
            public Iterable<K> keys() {
                return map().keySet();
            }

            @Override
            public Iterable<V> values() {
                return map().values();
            }

            @Override
            public Iterator<Map.Entry<K, V>> iterator() {
                return map().entrySet().iterator();
            }

            @Override
            public boolean isEmpty() {
                return map().isEmpty();
            }

            @Override
            public void clear() {
                set(name, null);
            }
        };
    }

    /** Whether nothing is stored under a name for any key. */
    boolean isUnused(String state) {
        return values.get(state).values().stream().allMatch(value -> value instanceof Map<?, ?> map && map.isEmpty());
    }

    @Override
    public <T> ReducingState<T> getReducingState(ReducingStateDescriptor<T> descriptor) {
        throw new AssertionError("not used by the job");
    }

    @Override
    public <I, A, O> AggregatingState<I, O> getAggregatingState(AggregatingStateDescriptor<I, A, O> descriptor) {
        throw new AssertionError("not used by the job");
    }

    @Override
    public TaskInfo getTaskInfo() {
        throw new AssertionError("not used by the job");
    }

    @Override
    public JobInfo getJobInfo() {
        throw new AssertionError("not used by the job");
    }

    @Override
    public Map<String, String> getGlobalJobParameters() {
        return Map.of();
    }

    @Override
    public ClassLoader getUserCodeClassLoader() {
        return KeyedStates.class.getClassLoader();
    }
}

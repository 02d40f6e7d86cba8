package io.millrace.taskmanager.state.heap;

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
import io.millrace.api.types.KeyHasher;
import io.millrace.api.types.TypeInformation;
import io.millrace.api.types.TypeSerializer;
import io.millrace.common.core.error.Problem;
import io.millrace.taskmanager.state.KeyedStateBackend;
import io.millrace.taskmanager.state.SliceState;
import io.millrace.taskmanager.state.StateErrors;
import io.millrace.taskmanager.state.TimerQueue;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Keyed state on the heap. All states and timers of the operator share one table of keys, so a record looks its key up
 * once; each state is a column. Values are kept by reference, boxed primitives as primitives.
 */
public final class HeapKeyedStateBackend<K> implements KeyedStateBackend<K> {

    /** A state as it was first asked for. */
    private record Registration(String signature, Object state) {}

    private final Class<K> keyClass;
    private final KeyHasher<K> hasher;
    private final TypeSerializer<K> keySerializer;
    private final HeapKeyTable<K> table;
    private final TimerQueue eventTimeTimers;
    private final TimerQueue processingTimeTimers;
    private final Map<String, Registration> states = new HashMap<>();

    /**
     * @param keyType the keys' type
     * @param hasher their hash and equality
     * @param keySerializer copies keys that the user might change later
     */
    public HeapKeyedStateBackend(TypeInformation<K> keyType, KeyHasher<K> hasher, TypeSerializer<K> keySerializer) {
        this.keyClass = keyType.getTypeClass();
        this.hasher = hasher;
        this.keySerializer = keySerializer;
        this.table = new HeapKeyTable<>(keyClass, hasher, keySerializer);
        this.eventTimeTimers = new HeapTimerQueue<>(table);
        this.processingTimeTimers = new HeapTimerQueue<>(table);
    }

    @Override
    public void setCurrentKey(K key) {
        table.setCurrentKey(key);
    }

    @Override
    public K currentKey() {
        return table.currentKey();
    }

    @Override
    public <T> ValueState<T> valueState(ValueStateDescriptor<T> descriptor) {
        TypeInformation<T> type = descriptor.type();
        return registered(
                descriptor.getName(),
                "ValueState of " + type.describe(),
                () -> new HeapValueState<>(table, Column.of(type.getTypeClass())));
    }

    @Override
    public <T> ListState<T> listState(ListStateDescriptor<T> descriptor) {
        return registered(
                descriptor.getName(),
                "ListState of " + descriptor.elementType().describe(),
                () -> new HeapListState<K, T>(table, new ObjectColumn<>()));
    }

    @Override
    public <U, V> MapState<U, V> mapState(MapStateDescriptor<U, V> descriptor) {
        String types = descriptor.keyType().describe() + " to "
                + descriptor.valueType().describe();
        return registered(
                descriptor.getName(),
                "MapState of " + types,
                () -> new HeapMapState<K, U, V>(table, descriptor.keyType().getTypeClass()));
    }

    @Override
    public <T> ReducingState<T> reducingState(ReducingStateDescriptor<T> descriptor) {
        TypeInformation<T> type = descriptor.type();
        return registered(
                descriptor.getName(),
                "ReducingState of " + type.describe(),
                () -> new HeapReducingState<>(table, Column.of(type.getTypeClass()), descriptor.getReduceFunction()));
    }

    @Override
    public <I, A, O> AggregatingState<I, O> aggregatingState(AggregatingStateDescriptor<I, A, O> descriptor) {
        TypeInformation<A> type = descriptor.accumulatorType();
        return registered(
                descriptor.getName(),
                "AggregatingState of " + type.describe(),
                () -> new HeapAggregatingState<>(
                        table, Column.of(type.getTypeClass()), descriptor.getAggregateFunction()));
    }

    @Override
    public <A> SliceState<A> sliceState(String name, TypeInformation<A> accumulatorType) {
        return registered(
                name,
                "slices of " + accumulatorType.describe(),
                () -> new HeapSliceState<K, A>(table, keyClass, hasher, keySerializer));
    }

    @SuppressWarnings("unchecked")
    private <S> S registered(String name, String signature, Supplier<S> creation) {
        Registration registration = states.computeIfAbsent(name, absent -> new Registration(signature, creation.get()));
        if (!registration.signature().equals(signature)) {
            throw Problem.of(StateErrors.STATE_REDEFINED, "State '" + name + "' is asked for as " + signature)
                    .because("It was declared before as " + registration.signature())
                    .fix("Give the two states different names")
                    .asException();
        }
        return (S) registration.state();
    }

    @Override
    public TimerQueue eventTimeTimers() {
        return eventTimeTimers;
    }

    @Override
    public TimerQueue processingTimeTimers() {
        return processingTimeTimers;
    }

    @Override
    public int keyCount() {
        return table.keyCount();
    }

    @Override
    public void close() {
        states.clear();
    }
}

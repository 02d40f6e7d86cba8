package io.millrace.taskmanager.state.heap;

import io.millrace.api.plan.KeyedStateSchemas;
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
import io.millrace.common.graph.schema.StateDescription;
import io.millrace.common.graph.snapshot.StateSchema;
import io.millrace.taskmanager.state.KeyGroups;
import io.millrace.taskmanager.state.KeyedStateBackend;
import io.millrace.taskmanager.state.RestoredState;
import io.millrace.taskmanager.state.SliceState;
import io.millrace.taskmanager.state.SnapshotOutput;
import io.millrace.taskmanager.state.StateErrors;
import io.millrace.taskmanager.state.StateSerializers;
import io.millrace.taskmanager.state.TimerQueue;
import io.millrace.taskmanager.state.entries.Codings;
import io.millrace.taskmanager.state.entries.Snapshotted;
import io.millrace.taskmanager.state.entries.StateRestore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Keyed state on the heap. All states and timers of the operator share one table of keys, so a record looks its key up
 * once; each state is a column. Values are kept by reference, boxed primitives as primitives.
 */
public final class HeapKeyedStateBackend<K> implements KeyedStateBackend<K> {

    /** A state as it was first asked for. */
    private record Registration(StateDescription description, TrackedState state) {}

    private static final String EVENT_TIME = "event-time";
    private static final String PROCESSING_TIME = "processing-time";

    private final TypeInformation<K> keyType;
    private final KeyHasher<K> hasher;
    private final StateSerializers serializers;
    private final TypeSerializer<K> keySerializer;
    private final KeyGroups groups;
    private final HeapKeyTable<K> table;
    private final HeapTimerQueue<K> eventTimeTimers;
    private final HeapTimerQueue<K> processingTimeTimers;
    private final StateRestore restore;
    private final Map<String, Registration> states = new LinkedHashMap<>();

    private final SnapshotInProgress snapshot = new SnapshotInProgress();

    /**
     * @param keyType the keys' type
     * @param hasher their hash and equality
     * @param groups those of the subtask
     * @param restored what it takes up
     */
    public HeapKeyedStateBackend(
            TypeInformation<K> keyType,
            KeyHasher<K> hasher,
            StateSerializers serializers,
            KeyGroups groups,
            RestoredState restored) {
        this.keyType = keyType;
        this.hasher = hasher;
        this.serializers = serializers;
        this.keySerializer = serializers.of(keyType);
        this.groups = groups;
        this.table = new HeapKeyTable<>(keyType.getTypeClass(), hasher, keySerializer);
        this.eventTimeTimers = new HeapTimerQueue<>(table);
        this.processingTimeTimers = new HeapTimerQueue<>(table);
        this.restore = new StateRestore(table, groups, restored);
        restore.checkKeys(KeyedStateSchemas.keys(keyType));
        restore.takeTimers(EVENT_TIME, eventTimeTimers);
        restore.takeTimers(PROCESSING_TIME, processingTimeTimers);
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
                KeyedStateSchemas.of(descriptor),
                codings -> new HeapValueState<>(table, Column.of(type.getTypeClass()), codings.of(type, 0)));
    }

    @Override
    public <T> ListState<T> listState(ListStateDescriptor<T> descriptor) {
        return registered(
                descriptor.getName(),
                KeyedStateSchemas.of(descriptor),
                codings -> new HeapListState<K, T>(
                        table,
                        new ObjectColumn<>(),
                        codings.of(descriptor.elementType(), 0).elements()));
    }

    @Override
    public <U, V> MapState<U, V> mapState(MapStateDescriptor<U, V> descriptor) {
        return registered(
                descriptor.getName(),
                KeyedStateSchemas.of(descriptor),
                codings -> new HeapMapState<K, U, V>(
                        table,
                        descriptor.keyType().getTypeClass(),
                        codings.of(descriptor.keyType(), 0),
                        codings.of(descriptor.valueType(), 1)));
    }

    @Override
    public <T> ReducingState<T> reducingState(ReducingStateDescriptor<T> descriptor) {
        TypeInformation<T> type = descriptor.type();
        return registered(
                descriptor.getName(),
                KeyedStateSchemas.of(descriptor),
                codings -> new HeapReducingState<>(
                        table, Column.of(type.getTypeClass()), codings.of(type, 0), descriptor.getReduceFunction()));
    }

    @Override
    public <I, A, O> AggregatingState<I, O> aggregatingState(AggregatingStateDescriptor<I, A, O> descriptor) {
        TypeInformation<A> type = descriptor.accumulatorType();
        return registered(
                descriptor.getName(),
                KeyedStateSchemas.of(descriptor),
                codings -> new HeapAggregatingState<>(
                        table, Column.of(type.getTypeClass()), codings.of(type, 0), descriptor.getAggregateFunction()));
    }

    @Override
    public <A> SliceState<A> sliceState(String name, TypeInformation<A> accumulatorType) {
        return registered(
                name,
                KeyedStateSchemas.slices(accumulatorType),
                codings -> new HeapSliceState<K, A>(
                        table, keyType.getTypeClass(), hasher, keySerializer, codings.of(accumulatorType, 0)));
    }

    @SuppressWarnings("unchecked")
    private <S extends TrackedState> S registered(
            String name, StateDescription description, Function<Codings, S> creation) {
        Registration registration = states.get(name);
        if (registration == null) {
            Codings codings = new Codings(serializers, restore.written(name, description), description);
            registration = new Registration(description, creation.apply(codings));
            restore.take(name, registration.state());
            states.put(name, registration);
        }
        if (!registration.description().equals(description)) {
            throw Problem.of(StateErrors.STATE_REDEFINED, "State '" + name + "' is asked for as " + description.text())
                    .because("It was declared before as "
                            + registration.description().text())
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
    public void beginSnapshot(long checkpoint, boolean shared) {
        snapshot.begin(checkpoint, shared, tables());
    }

    @Override
    public boolean writeSnapshot(long bytes) {
        return snapshot.write(bytes);
    }

    @Override
    public void endSnapshot(SnapshotOutput out) {
        snapshot.end(out);
    }

    @Override
    public List<StateSchema> schemas() {
        List<StateSchema> schemas = new ArrayList<>();
        schemas.add(KeyedStateSchemas.keys(keyType).named(""));
        states.forEach((name, state) -> schemas.add(state.description().named(name)));
        schemas.addAll(restore.untakenSchemas());
        return schemas;
    }

    @Override
    public void completed(long checkpoint) {
        tables().forEach(table -> table.completed(checkpoint));
    }

    @Override
    public void aborted(long checkpoint) {
        snapshot.drop(checkpoint);
        tables().forEach(table -> table.aborted(checkpoint));
    }

    private List<Snapshotted> tables() {
        List<Snapshotted> tables = new ArrayList<>();
        states.forEach((name, state) -> state.state().addTrackers(new TableName(name, groups, false), tables::add));
        eventTimeTimers.addTrackers(new TableName(EVENT_TIME, groups, true), tables::add);
        processingTimeTimers.addTrackers(new TableName(PROCESSING_TIME, groups, true), tables::add);
        restore.untaken().forEach(tables::add);
        return tables;
    }

    @Override
    public void close() {
        states.clear();
    }
}

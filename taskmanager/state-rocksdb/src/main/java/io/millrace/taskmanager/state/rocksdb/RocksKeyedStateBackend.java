package io.millrace.taskmanager.state.rocksdb;

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
import io.millrace.api.types.TypeInformation;
import io.millrace.common.core.error.Check;
import io.millrace.common.core.error.Problem;
import io.millrace.common.graph.schema.StateDescription;
import io.millrace.common.graph.snapshot.PartKind;
import io.millrace.common.graph.snapshot.StateSchema;
import io.millrace.taskmanager.state.KeyedStateBackend;
import io.millrace.taskmanager.state.KeyedStateRequest;
import io.millrace.taskmanager.state.RestoredState;
import io.millrace.taskmanager.state.SliceState;
import io.millrace.taskmanager.state.SnapshotOutput;
import io.millrace.taskmanager.state.StateErrors;
import io.millrace.taskmanager.state.TimerQueue;
import io.millrace.taskmanager.state.entries.Coding;
import io.millrace.taskmanager.state.entries.Codings;
import io.millrace.taskmanager.state.entries.RestoredEntries;
import io.millrace.taskmanager.state.entries.StateRestore;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Keyed state in a database of its own, with a cache of objects in front. */
final class RocksKeyedStateBackend<K> implements KeyedStateBackend<K> {

    /** A state as it was first asked for. */
    private record Registration(StateDescription description, RestoredEntries state) {}

    private final KeyedStateRequest<K> request;
    private final Path directory;
    private final StateDirectories directories;
    private final StateMemory memory;
    private final KeyCursor<K> cursor;
    private final Database database;
    private final Catalog catalog;
    private final CellCache<K> cache;
    private final RocksTimerQueue<K> eventTimeTimers;
    private final RocksTimerQueue<K> processingTimeTimers;
    private final StateRestore restore;
    private final StoredFiles stored = new StoredFiles();
    private final Map<String, Registration> states = new HashMap<>();
    private @Nullable RocksSnapshot snapshot;
    private boolean closed;

    RocksKeyedStateBackend(
            KeyedStateRequest<K> request, Path directory, StateDirectories directories, StateMemory memory) {
        this.request = request;
        this.directory = directory;
        this.directories = directories;
        this.memory = memory;
        this.cursor = new KeyCursor<>(request.hasher(), request.serializers().of(request.keyType()), request.groups());
        this.restore = new StateRestore(cursor, request.groups(), withoutFiles(request.restored()));
        restore.checkKeys(KeyedStateSchemas.keys(request.keyType()));
        RocksRestore.Result found = new RocksRestore(request.groups(), directory, memory).open(request.restored());
        this.database = found.database();
        this.catalog = found.catalog();
        memory.cacheOpened();
        this.cache = new CellCache<>(cursor, database, memory, this::settle);
        this.eventTimeTimers = new RocksTimerQueue<>(
                cursor, cache, database, catalog.eventTime().number());
        this.processingTimeTimers = new RocksTimerQueue<>(
                cursor, cache, database, catalog.processingTime().number());
        eventTimeTimers.takeStored(found.eventTimeTimers());
        processingTimeTimers.takeStored(found.processingTimeTimers());
    }

    /** Takes up what a snapshot has of timers. Goes before everything else. */
    void takeTimers() {
        restore.takeTimers(Catalog.EVENT_TIME, eventTimeTimers);
        restore.takeTimers(Catalog.PROCESSING_TIME, processingTimeTimers);
    }

    private static RestoredState withoutFiles(RestoredState restored) {
        return new RestoredState(
                restored.parts().stream()
                        .filter(part -> part.kind() != PartKind.NATIVE)
                        .toList(),
                restored.schemas());
    }

    @Override
    public void setCurrentKey(K key) {
        cursor.set(key);
    }

    @Override
    public K currentKey() {
        return cursor.key();
    }

    @Override
    public <T> ValueState<T> valueState(ValueStateDescriptor<T> descriptor) {
        return registered(descriptor.getName(), Layout.KEYED, KeyedStateSchemas.of(descriptor), (number, codings) -> {
            Coding<T> coding = codings.of(descriptor.type(), 0);
            return new RocksValueState<>(cursor, cache, keyed(number, coding), coding);
        });
    }

    @Override
    public <T> ListState<T> listState(ListStateDescriptor<T> descriptor) {
        return registered(descriptor.getName(), Layout.KEYED, KeyedStateSchemas.of(descriptor), (number, codings) -> {
            Coding<List<T>> coding = codings.of(descriptor.elementType(), 0).elements();
            return new RocksListState<>(cursor, cache, keyed(number, coding), coding);
        });
    }

    @Override
    public <U, V> MapState<U, V> mapState(MapStateDescriptor<U, V> descriptor) {
        return registered(
                descriptor.getName(),
                Layout.KEYED,
                KeyedStateSchemas.of(descriptor),
                (number, codings) -> new RocksMapState<K, U, V>(
                        cursor,
                        cache,
                        number,
                        codings.of(descriptor.keyType(), 0),
                        codings.of(descriptor.valueType(), 1)));
    }

    @Override
    public <T> ReducingState<T> reducingState(ReducingStateDescriptor<T> descriptor) {
        return registered(descriptor.getName(), Layout.KEYED, KeyedStateSchemas.of(descriptor), (number, codings) -> {
            Coding<T> coding = codings.of(descriptor.type(), 0);
            return new RocksReducingState<>(
                    cursor, cache, keyed(number, coding), coding, descriptor.getReduceFunction());
        });
    }

    @Override
    public <I, A, O> AggregatingState<I, O> aggregatingState(AggregatingStateDescriptor<I, A, O> descriptor) {
        return registered(descriptor.getName(), Layout.KEYED, KeyedStateSchemas.of(descriptor), (number, codings) -> {
            Coding<A> coding = codings.of(descriptor.accumulatorType(), 0);
            return new RocksAggregatingState<>(
                    cursor, cache, keyed(number, coding), coding, descriptor.getAggregateFunction());
        });
    }

    @Override
    public <A> SliceState<A> sliceState(String name, TypeInformation<A> accumulatorType) {
        return registered(name, Layout.SLICED, KeyedStateSchemas.slices(accumulatorType), (number, codings) -> {
            RocksSliceState<K, A> slices = new RocksSliceState<>(cursor, cache, number, codings.of(accumulatorType, 0));
            slices.findSlices(database);
            return slices;
        });
    }

    private static CellTable keyed(int number, Coding<?> coding) {
        return new CellTable(number, Layout.KEYED, coding.serializer(), null);
    }

    @SuppressWarnings("unchecked")
    private <S extends RestoredEntries> S registered(
            String name, Layout layout, StateDescription description, BiFunction<Integer, Codings, S> creation) {
        Registration registration = states.get(name);
        if (registration == null) {
            registration = new Registration(description, take(name, layout, description, creation));
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

    /** Makes a state with what the snapshot has of it; a table of an older schema is rewritten as a new one. */
    private <S extends RestoredEntries> S take(
            String name, Layout layout, StateDescription description, BiFunction<Integer, Codings, S> creation) {
        StateDescription was = restore.written(name, description);
        Catalog.Table old = catalog.find(name);
        boolean isCurrent = old != null && was.equals(description);
        Catalog.Table table = isCurrent ? old : catalog.add(name, layout);
        S state = creation.apply(table.number(), new Codings(request.serializers(), was, description));
        restore.take(name, state);
        if (old != null && !isCurrent) {
            new TableRewrite(old, cursor, database).into(state);
            cache.settle();
            byte[] from = Layout.prefix(old.number());
            cache.batch().deleteRange(from, Layout.prefix(old.number() + 1));
            cache.commit();
        }
        return state;
    }

    @Override
    public TimerQueue eventTimeTimers() {
        return eventTimeTimers;
    }

    @Override
    public TimerQueue processingTimeTimers() {
        return processingTimeTimers;
    }

    /** Goes through the whole database. */
    @Override
    public int keyCount() {
        settle();
        flushTimers();
        cache.flushAll();
        Set<ByteBuffer> keys = new HashSet<>();
        for (Catalog.Table table : catalog.all()) {
            if (table.layout() != Layout.SLICED) {
                new TableKeys(table, cursor.serializer()).addTo(keys, database);
            }
        }
        return keys.size();
    }

    private void flushTimers() {
        eventTimeTimers.flush();
        processingTimeTimers.flush();
    }

    @Override
    public void beginSnapshot(long checkpoint, boolean isShared) {
        Check.invariant(snapshot == null, "a snapshot begins when the one before is given");
        flushTimers();
        cache.freeze();
        int eventTime = eventTimeTimers.size();
        int processingTime = processingTimeTimers.size();
        snapshot = isShared
                ? new NativeSnapshot(
                        checkpoint,
                        new NativeSnapshot.Contents(request.groups(), cache, database),
                        stored,
                        directory.resolve("checkpoint-" + checkpoint),
                        files -> catalog.encode(eventTime, processingTime, files))
                : new CanonicalSnapshot(checkpoint, request.groups(), cache, database, catalog.all());
        restore.untaken().forEach(state -> state.begin(checkpoint, isShared));
    }

    private void settle() {
        if (snapshot != null && cache.isFrozen()) {
            snapshot.settle();
        }
    }

    private RocksSnapshot snapshot() {
        RocksSnapshot open = snapshot;
        Check.invariant(open != null, "a snapshot is written and given after it began");
        return open;
    }

    @Override
    public boolean writeSnapshot(long bytes) {
        return snapshot().write(bytes);
    }

    @Override
    public void endSnapshot(SnapshotOutput out) {
        RocksSnapshot given = snapshot();
        given.end(out);
        restore.untaken().forEach(state -> state.end(out));
        snapshot = null;
        given.close();
    }

    @Override
    public List<StateSchema> schemas() {
        List<StateSchema> schemas = new ArrayList<>();
        schemas.add(KeyedStateSchemas.keys(request.keyType()).named(""));
        states.forEach((name, state) -> schemas.add(state.description().named(name)));
        catalog.states().stream()
                .filter(table -> !states.containsKey(table.name()))
                .flatMap(table -> restore.schema(table.name()).stream())
                .forEach(schemas::add);
        schemas.addAll(restore.untakenSchemas());
        return schemas;
    }

    @Override
    public void completed(long checkpoint) {
        stored.completed(checkpoint);
        restore.untaken().forEach(state -> state.completed(checkpoint));
    }

    @Override
    public void aborted(long checkpoint) {
        RocksSnapshot open = snapshot;
        if (open != null && open.checkpoint() == checkpoint) {
            snapshot = null;
            open.close();
        }
        stored.aborted(checkpoint);
        restore.untaken().forEach(state -> state.aborted(checkpoint));
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        cursor.leaveCurrentKey();
        if (snapshot != null) {
            snapshot.close();
        }
        states.clear();
        database.close();
        memory.cacheClosed();
        directories.remove(directory);
    }
}

package io.millrace.taskmanager.state;

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
import io.millrace.common.graph.snapshot.StateSchema;
import java.util.List;

/**
 * The keyed state and timers of one operator in one subtask. State handles refer to the current key. Asking twice for
 * the same name gives the same state; asking with another type fails with {@code STATE_REDEFINED}. For the slot's
 * thread.
 *
 * @param <K> keys, compared by content
 */
public interface KeyedStateBackend<K> {

    /** Makes {@code key} the one that state handles and timers refer to. Cheap until state is touched. */
    void setCurrentKey(K key);

    /** The key set last, by {@link #setCurrentKey}, a timer or a slice cursor. */
    K currentKey();

    <T> ValueState<T> valueState(ValueStateDescriptor<T> descriptor);

    <T> ListState<T> listState(ListStateDescriptor<T> descriptor);

    <U, V> MapState<U, V> mapState(MapStateDescriptor<U, V> descriptor);

    <T> ReducingState<T> reducingState(ReducingStateDescriptor<T> descriptor);

    <I, A, O> AggregatingState<I, O> aggregatingState(AggregatingStateDescriptor<I, A, O> descriptor);

    /** Accumulators per slice of time and key, for aligned windows. */
    <A> SliceState<A> sliceState(String name, TypeInformation<A> accumulatorType);

    TimerQueue eventTimeTimers();

    TimerQueue processingTimeTimers();

    /** Number of keys that have state or timers. May go through all that there is: for tests and tools. */
    int keyCount();

    /**
     * Fixes what a snapshot holds: what is there now. Until it is given no other begins.
     *
     * @param shared whether it may consist of parts of earlier snapshots, and later ones of its parts; false for a
     *     savepoint
     */
    void beginSnapshot(long checkpoint, boolean shared);

    /**
     * Writes on, between two elements.
     *
     * @param bytes about how many
     * @return whether all is written
     */
    boolean writeSnapshot(long bytes);

    /** Gives the snapshot that is written, and is done with it. */
    void endSnapshot(SnapshotOutput out);

    /** How what was given is to be read. */
    List<StateSchema> schemas();

    /** A checkpoint is there to stay: later ones are based on it. */
    void completed(long checkpoint);

    /** A checkpoint will never be complete; one that is being written for it is dropped. */
    void aborted(long checkpoint);

    /** Drops everything. */
    void close();
}

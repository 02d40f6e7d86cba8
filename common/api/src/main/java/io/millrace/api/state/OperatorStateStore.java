package io.millrace.api.state;

import java.util.Set;

/**
 * States of one operator that are not per key. Asking twice for the same name gives the same state; asking for another
 * kind or type under it fails with {@code STATE_REDEFINED}. A state that a snapshot has and that nobody asks for is
 * handed on into later snapshots. For the function's own thread.
 */
public interface OperatorStateStore {

    /**
     * A list of which each subtask has a part. When the parallelism changes all parts together are dealt out again, one
     * element after the other; else each subtask has what it had.
     */
    <T> ListState<T> getListState(ListStateDescriptor<T> descriptor);

    /**
     * A list of which, after a restore, every subtask has all that all subtasks had, in the order of their indexes.
     * What each keeps of it is the function's affair: what two subtasks keep is there twice the next time.
     */
    <T> ListState<T> getUnionListState(ListStateDescriptor<T> descriptor);

    /**
     * A map that every subtask keeps alike, by the same changes in the same order. After a restore each subtask has
     * what it had; new ones have what one of the earlier subtasks had.
     */
    <K, V> BroadcastState<K, V> getBroadcastState(MapStateDescriptor<K, V> descriptor);

    /** Names of all lists asked for so far. */
    Set<String> getRegisteredStateNames();

    /** Names of all broadcast states asked for so far. */
    Set<String> getRegisteredBroadcastStateNames();
}

package io.millrace.api.state;

import java.util.Iterator;
import java.util.Map;

/**
 * A map that is the same in every subtask of an operator, because each makes the same changes. Nothing in the engine
 * makes them equal: a change that depends on a key, a clock or the subtask's index makes them differ.
 */
public interface BroadcastState<K, V> extends ReadOnlyBroadcastState<K, V>, State {

    /** @param key not null */
    void put(K key, V value);

    void putAll(Map<K, V> entries);

    void remove(K key);

    Iterator<Map.Entry<K, V>> iterator();

    Iterable<Map.Entry<K, V>> entries();
}

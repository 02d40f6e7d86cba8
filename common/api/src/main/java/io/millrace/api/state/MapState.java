package io.millrace.api.state;

import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A map per key. */
public interface MapState<K, V> extends State {
    @Nullable
    V get(K key);

    void put(K key, V value);

    void putAll(Map<K, V> entries);

    void remove(K key);

    boolean contains(K key);

    Iterable<Map.Entry<K, V>> entries();

    Iterable<K> keys();

    Iterable<V> values();

    Iterator<Map.Entry<K, V>> iterator();

    boolean isEmpty();
}

package io.millrace.api.state;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A broadcast state where it may only be looked at. What it holds must not be changed in place either. */
public interface ReadOnlyBroadcastState<K, V> {
    @Nullable
    V get(K key);

    boolean contains(K key);

    /** All entries; they cannot be changed through it. In the order in which they were put, which a restore keeps. */
    Iterable<Map.Entry<K, V>> immutableEntries();
}

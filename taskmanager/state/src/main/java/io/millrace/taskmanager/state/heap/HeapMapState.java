package io.millrace.taskmanager.state.heap;

import io.millrace.api.state.MapState;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A map per key, in the order in which its entries came; a key with an empty map has none. */
final class HeapMapState<K, U, V> extends HeapState<K, Map<U, V>> implements MapState<U, V> {

    HeapMapState(HeapKeyTable<K> table, Column<Map<U, V>> column) {
        super(table, column);
    }

    private Map<U, V> read() {
        Map<U, V> map = stored();
        return map == null ? Map.of() : map;
    }

    @Override
    public @Nullable V get(U key) {
        return read().get(key);
    }

    @Override
    public void put(U key, V value) {
        NullInState.check(key, "MapState.put");
        Map<U, V> map = stored();
        if (map == null) {
            map = new LinkedHashMap<>(4);
            store(map);
        }
        map.put(key, value);
    }

    @Override
    public void putAll(Map<U, V> entries) {
        entries.forEach(this::put);
    }

    @Override
    public void remove(U key) {
        Map<U, V> map = stored();
        if (map != null && map.containsKey(key)) {
            map.remove(key);
            if (map.isEmpty()) {
                clear();
            }
        }
    }

    @Override
    public boolean contains(U key) {
        return read().containsKey(key);
    }

    @Override
    public Iterable<Map.Entry<U, V>> entries() {
        return this::iterator;
    }

    @Override
    public Iterable<U> keys() {
        return () -> new Projection<>(iterator(), Map.Entry::getKey);
    }

    @Override
    public Iterable<V> values() {
        return () -> new Projection<>(iterator(), Map.Entry::getValue);
    }

    @Override
    public Iterator<Map.Entry<U, V>> iterator() {
        Map<U, V> map = stored();
        return map == null ? java.util.Collections.emptyIterator() : new ClearingIterator(map);
    }

    @Override
    public boolean isEmpty() {
        return stored() == null;
    }

    /** Goes through the entries; removing the last one clears the key's state. */
    private final class ClearingIterator implements Iterator<Map.Entry<U, V>> {
        private final Map<U, V> map;
        private final Iterator<Map.Entry<U, V>> entries;

        ClearingIterator(Map<U, V> map) {
            this.map = map;
            this.entries = map.entrySet().iterator();
        }

        @Override
        public boolean hasNext() {
            return entries.hasNext();
        }

        @Override
        public Map.Entry<U, V> next() {
            return entries.next();
        }

        @Override
        public void remove() {
            entries.remove();
            if (map.isEmpty()) {
                clear();
            }
        }
    }

    /** One half of each entry. */
    private record Projection<E, R>(Iterator<E> entries, java.util.function.Function<E, R> half)
            implements Iterator<R> {
        @Override
        public boolean hasNext() {
            return entries.hasNext();
        }

        @Override
        public R next() {
            return half.apply(entries.next());
        }

        @Override
        public void remove() {
            entries.remove();
        }
    }
}

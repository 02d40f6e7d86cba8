package io.millrace.taskmanager.state.rocksdb;

import java.util.AbstractMap;
import java.util.ConcurrentModificationException;

/** An entry of a map state that writes through, while the key it belongs to is the current one. */
final class MapEntry<U, V> extends AbstractMap.SimpleEntry<U, V> {
    private static final long serialVersionUID = 1;

    private final transient RocksMapState<?, U, V> map;
    private final long keyChanges;

    MapEntry(RocksMapState<?, U, V> map, U key, V value) {
        super(key, value);
        this.map = map;
        this.keyChanges = map.cursor().changes();
    }

    @Override
    public V setValue(V value) {
        if (map.cursor().changes() != keyChanges || !map.contains(getKey())) {
            throw new ConcurrentModificationException("the map state no longer has this entry");
        }
        map.put(getKey(), value);
        return super.setValue(value);
    }
}

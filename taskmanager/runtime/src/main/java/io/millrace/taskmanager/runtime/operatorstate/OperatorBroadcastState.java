package io.millrace.taskmanager.runtime.operatorstate;

import io.millrace.api.state.BroadcastState;
import io.millrace.api.types.BinaryReader;
import io.millrace.api.types.BinaryWriter;
import io.millrace.api.types.TypeSerializer;
import io.millrace.api.types.ValueReader;
import io.millrace.common.graph.schema.StateDescription;
import io.millrace.common.graph.snapshot.PartKind;
import io.millrace.taskmanager.runtime.snapshot.ElementBlocks;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A map that all subtasks of an operator keep alike, in the order in which its keys came. */
final class OperatorBroadcastState<K, V> implements BroadcastState<K, V>, OperatorState {
    private final StateDescription description;
    private final TypeSerializer<K> keySerializer;
    private final TypeSerializer<V> valueSerializer;
    private final Map<K, @Nullable V> entries = new LinkedHashMap<>();

    OperatorBroadcastState(
            StateDescription description, TypeSerializer<K> keySerializer, TypeSerializer<V> valueSerializer) {
        this.description = description;
        this.keySerializer = keySerializer;
        this.valueSerializer = valueSerializer;
    }

    /** Reads what a snapshot has. */
    void restore(RestoredElements restored, ValueReader<K> keys, ValueReader<V> values) {
        restored.take(in -> restore(in, keys, values));
    }

    private void restore(BinaryReader in, ValueReader<K> keys, ValueReader<V> values) {
        K key = keys.read(in);
        entries.put(key, in.readBoolean() ? values.read(in) : null);
    }

    @Override
    public PartKind kind() {
        return PartKind.BROADCAST;
    }

    @Override
    public StateDescription description() {
        return description;
    }

    @Override
    public @Nullable V get(K key) {
        return entries.get(key);
    }

    @Override
    public boolean contains(K key) {
        return entries.containsKey(key);
    }

    @Override
    public Iterable<Map.Entry<K, V>> immutableEntries() {
        return Collections.unmodifiableMap(entries).entrySet();
    }

    @Override
    public void put(K key, V value) {
        NullElement.check(key, "BroadcastState.put");
        entries.put(key, value);
    }

    @Override
    public void putAll(Map<K, V> added) {
        added.forEach(this::put);
    }

    @Override
    public void remove(K key) {
        entries.remove(key);
    }

    @Override
    public Iterator<Map.Entry<K, V>> iterator() {
        return entries().iterator();
    }

    @Override
    public Iterable<Map.Entry<K, V>> entries() {
        return entries.entrySet();
    }

    @Override
    public void clear() {
        entries.clear();
    }

    @Override
    public void write(ElementBlocks out) {
        entries.forEach((key, value) -> out.add(to -> write(key, value, to)));
    }

    private void write(K key, @Nullable V value, BinaryWriter to) {
        keySerializer.serialize(key, to);
        to.writeBoolean(value != null);
        if (value != null) {
            valueSerializer.serialize(value, to);
        }
    }
}

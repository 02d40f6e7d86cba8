package io.millrace.common.serde;

import io.millrace.api.types.BinaryReader;
import io.millrace.api.types.BinaryWriter;
import io.millrace.api.types.TypeSerializer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A map: twice its size plus one bit (1: some keys or values are null) as a variable-length int, then key and value of
 * each entry in iteration order, with the bit each behind a byte 0 for null or 1. A template of
 * {@link GeneratedClasses}.
 */
final class MapSerializer extends TypeSerializer<Map<@Nullable Object, @Nullable Object>> {
    private final Class<?> instanceClass;
    private final TypeSerializer<Object> key;
    private final TypeSerializer<Object> mapped;
    private final String path;

    MapSerializer(Class<?> instanceClass, TypeSerializer<Object> key, TypeSerializer<Object> mapped, String path) {
        this.instanceClass = instanceClass;
        this.key = key;
        this.mapped = mapped;
        this.path = path;
    }

    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public Map<@Nullable Object, @Nullable Object> copy(Map<@Nullable Object, @Nullable Object> value) {
        checkOrder(value);
        Map<@Nullable Object, @Nullable Object> result = create(value.size());
        for (Map.Entry<@Nullable Object, @Nullable Object> entry : value.entrySet()) {
            Object k = entry.getKey();
            Object v = entry.getValue();
            result.put(k == null ? null : key.copy(k), v == null ? null : mapped.copy(v));
        }
        return result;
    }

    @Override
    public void serialize(Map<@Nullable Object, @Nullable Object> value, BinaryWriter out) {
        checkOrder(value);
        int nulls = 0;
        for (Map.Entry<@Nullable Object, @Nullable Object> entry : value.entrySet()) {
            nulls |= entry.getKey() == null || entry.getValue() == null ? 1 : 0;
        }
        out.writeVarInt(value.size() << 1 | nulls);
        for (Map.Entry<@Nullable Object, @Nullable Object> entry : value.entrySet()) {
            Object k = entry.getKey();
            Object v = entry.getValue();
            if (nulls != 0) {
                out.writeBoolean(k != null);
            }
            if (k != null) {
                key.serialize(k, out);
            }
            if (nulls != 0) {
                out.writeBoolean(v != null);
            }
            if (v != null) {
                mapped.serialize(v, out);
            }
        }
    }

    @Override
    public Map<@Nullable Object, @Nullable Object> deserialize(BinaryReader in) {
        int header = in.readVarInt();
        int size = Counts.check(header >>> 1, in);
        boolean flagged = (header & 1) != 0;
        Map<@Nullable Object, @Nullable Object> result = create(size);
        for (int i = 0; i < size; i++) {
            Object k = flagged && !in.readBoolean() ? null : key.deserialize(in);
            Object v = flagged && !in.readBoolean() ? null : mapped.deserialize(in);
            result.put(k, v);
        }
        return result;
    }

    @Override
    public TypeSerializer<Map<@Nullable Object, @Nullable Object>> duplicate() {
        TypeSerializer<Object> keyDuplicate = key.duplicate();
        TypeSerializer<Object> mappedDuplicate = mapped.duplicate();
        return keyDuplicate == key && mappedDuplicate == mapped
                ? this
                : new MapSerializer(instanceClass, keyDuplicate, mappedDuplicate, path);
    }

    private Map<@Nullable Object, @Nullable Object> create(int size) {
        if (instanceClass == TreeMap.class) {
            return new TreeMap<>();
        }
        int capacity = Counts.tableCapacity(size);
        return instanceClass == HashMap.class ? new HashMap<>(capacity) : new LinkedHashMap<>(capacity);
    }

    private void checkOrder(Map<?, ?> value) {
        if (instanceClass == TreeMap.class && ((SortedMap<?, ?>) value).comparator() != null) {
            throw ValueRefusals.comparator(value.getClass(), path);
        }
    }
}

package io.millrace.taskmanager.state.rocksdb;

import io.millrace.api.types.BinaryReader;
import io.millrace.api.types.BinaryWriter;
import io.millrace.api.types.TypeSerializer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One state as cache and database see it: cells by key, or by key and what tells the cells of a key apart: the key of a
 * map or the end of a slice.
 */
final class CellTable {
    private static final int FIRST_GUESS_BYTES = 64;

    private final int number;
    private final Layout layout;
    private final TypeSerializer<Object> values;
    private final @Nullable TypeSerializer<Object> mapKeys;
    private long averageBytes = FIRST_GUESS_BYTES;

    /** @param mapKeys of a map state, whose values may be null; null for other states */
    @SuppressWarnings("unchecked")
    CellTable(int number, Layout layout, TypeSerializer<?> values, @Nullable TypeSerializer<?> mapKeys) {
        this.number = number;
        this.layout = layout;
        this.values = (TypeSerializer<Object>) values;
        this.mapKeys = (TypeSerializer<Object>) mapKeys;
    }

    int number() {
        return number;
    }

    boolean hasImmutableValues() {
        return values.isImmutableType();
    }

    /** Appends what lies before the key. */
    void writeHeader(BinaryWriter out, int group, @Nullable Object part) {
        Layout.writeShort(out, number);
        if (layout == Layout.SLICED) {
            Layout.writeTime(out, (Long) Objects.requireNonNull(part));
        }
        Layout.writeShort(out, group);
    }

    /** Appends what follows the key. */
    void writePart(BinaryWriter out, @Nullable Object part) {
        if (mapKeys != null) {
            mapKeys.serialize(Objects.requireNonNull(part), out);
        }
    }

    Object readPart(BinaryReader in) {
        return Objects.requireNonNull(mapKeys).deserialize(in);
    }

    /** What a cell may keep of a part that is the caller's. */
    @Nullable
    Object copiedPart(@Nullable Object part) {
        return mapKeys == null || part == null ? part : mapKeys.copy(part);
    }

    void writeValue(BinaryWriter out, @Nullable Object value) {
        if (mapKeys != null) {
            out.writeBoolean(value != null);
        }
        if (value != null) {
            values.serialize(value, out);
        }
    }

    @Nullable
    Object readValue(BinaryReader in) {
        return mapKeys != null && !in.readBoolean() ? null : values.deserialize(in);
    }

    /** Learns the size of a value. */
    void weighed(int bytes) {
        averageBytes += (bytes - averageBytes) / 8;
    }

    /** About how long a value is that was never written. */
    int guessedBytes() {
        return (int) averageBytes;
    }
}

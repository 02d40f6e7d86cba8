package io.millrace.common.serde;

import io.millrace.api.types.BinaryReader;
import io.millrace.api.types.BinaryWriter;
import io.millrace.api.types.TypeSerializer;
import java.lang.reflect.Array;
import org.jspecify.annotations.Nullable;

/**
 * An array of references: twice its length plus one bit (1: some elements are null) as a variable-length int, then the
 * elements, with the bit each behind a byte 0 for null or 1. A template of {@link GeneratedClasses}.
 */
final class ObjectArraySerializer extends TypeSerializer<@Nullable Object[]> {
    private final Class<?> componentClass;
    private final TypeSerializer<Object> element;
    private final boolean shareElements;

    ObjectArraySerializer(Class<?> componentClass, TypeSerializer<Object> element) {
        this.componentClass = componentClass;
        this.element = element;
        this.shareElements = element.isImmutableType();
    }

    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public @Nullable Object[] copy(@Nullable Object[] value) {
        @Nullable Object[] result = newArray(value.length);
        for (int i = 0; i < value.length; i++) {
            Object each = value[i];
            result[i] = each == null || shareElements ? each : element.copy(each);
        }
        return result;
    }

    @Override
    public void serialize(@Nullable Object[] value, BinaryWriter out) {
        int nulls = 0;
        for (Object each : value) {
            nulls |= each == null ? 1 : 0;
        }
        out.writeVarInt(value.length << 1 | nulls);
        for (Object each : value) {
            if (nulls != 0) {
                out.writeBoolean(each != null);
            }
            if (each != null) {
                element.serialize(each, out);
            }
        }
    }

    @Override
    public @Nullable Object[] deserialize(BinaryReader in) {
        int header = in.readVarInt();
        int length = Counts.check(header >>> 1, in);
        boolean nulls = (header & 1) != 0;
        @Nullable Object[] result = newArray(length);
        for (int i = 0; i < length; i++) {
            if (!nulls || in.readBoolean()) {
                result[i] = element.deserialize(in);
            }
        }
        return result;
    }

    @Override
    public TypeSerializer<@Nullable Object[]> duplicate() {
        TypeSerializer<Object> duplicate = element.duplicate();
        return duplicate == element ? this : new ObjectArraySerializer(componentClass, duplicate);
    }

    private @Nullable Object[] newArray(int length) {
        return (Object[]) Array.newInstance(componentClass, length);
    }
}

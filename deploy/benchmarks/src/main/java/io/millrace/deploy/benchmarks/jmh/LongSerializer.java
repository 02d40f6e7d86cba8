package io.millrace.deploy.benchmarks.jmh;

import io.millrace.api.types.BinaryReader;
import io.millrace.api.types.BinaryWriter;
import io.millrace.api.types.TypeSerializer;

/** Eight bytes; boxed longs are shared, never copied. */
final class LongSerializer extends TypeSerializer<Long> {

    @Override
    public boolean isImmutableType() {
        return true;
    }

    @Override
    public Long copy(Long value) {
        return value;
    }

    @Override
    public void serialize(Long value, BinaryWriter out) {
        out.writeLong(value);
    }

    @Override
    public Long deserialize(BinaryReader in) {
        return in.readLong();
    }
}

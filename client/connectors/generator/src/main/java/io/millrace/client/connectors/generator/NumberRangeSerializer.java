package io.millrace.client.connectors.generator;

import io.millrace.api.source.SimpleVersionedSerializer;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Version 1: part, next, end. */
final class NumberRangeSerializer implements SimpleVersionedSerializer<NumberRange> {
    private static final long serialVersionUID = 1L;
    static final int BYTES = 20;

    @Override
    public int getVersion() {
        return 1;
    }

    @Override
    public byte[] serialize(NumberRange range) {
        return write(ByteBuffer.allocate(BYTES), range).array();
    }

    static ByteBuffer write(ByteBuffer out, NumberRange range) {
        return out.putInt(range.part()).putLong(range.next()).putLong(range.end());
    }

    static NumberRange read(ByteBuffer in) {
        return new NumberRange(in.getInt(), in.getLong(), in.getLong());
    }

    static void require(int version, int length) throws IOException {
        if (version != 1 || length % BYTES != 0) {
            throw new IOException("Number ranges of version " + version + " with " + length + " bytes are not known");
        }
    }

    @Override
    public NumberRange deserialize(int version, byte[] serialized) throws IOException {
        require(version, serialized.length);
        return read(ByteBuffer.wrap(serialized));
    }
}

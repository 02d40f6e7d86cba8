package io.millrace.client.connectors.generator;

import io.millrace.api.source.SimpleVersionedSerializer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Version 1: ranges one after another. */
final class NumberRangesSerializer implements SimpleVersionedSerializer<List<NumberRange>> {
    private static final long serialVersionUID = 1L;

    @Override
    public int getVersion() {
        return 1;
    }

    @Override
    public byte[] serialize(List<NumberRange> ranges) {
        ByteBuffer out = ByteBuffer.allocate(ranges.size() * NumberRangeSerializer.BYTES);
        ranges.forEach(range -> NumberRangeSerializer.write(out, range));
        return out.array();
    }

    @Override
    public List<NumberRange> deserialize(int version, byte[] serialized) throws IOException {
        NumberRangeSerializer.require(version, serialized.length);
        ByteBuffer in = ByteBuffer.wrap(serialized);
        List<NumberRange> ranges = new ArrayList<>();
        while (in.hasRemaining()) {
            ranges.add(NumberRangeSerializer.read(in));
        }
        return ranges;
    }
}

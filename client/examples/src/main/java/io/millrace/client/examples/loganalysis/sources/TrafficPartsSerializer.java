package io.millrace.client.examples.loganalysis.sources;

import io.millrace.api.source.SimpleVersionedSerializer;
import io.millrace.client.examples.loganalysis.traffic.TrafficSplit;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Version 1: of each part the lanes, the split, the number of splits and the position. */
final class TrafficPartsSerializer implements SimpleVersionedSerializer<List<TrafficPart>> {
    private static final long serialVersionUID = 1L;
    private static final int PART_BYTES = 3 * Integer.BYTES + Long.BYTES;

    @Override
    public int getVersion() {
        return 1;
    }

    @Override
    public byte[] serialize(List<TrafficPart> parts) {
        ByteBuffer out = ByteBuffer.allocate(parts.size() * PART_BYTES);
        for (TrafficPart part : parts) {
            out.putInt(part.split().lanes())
                    .putInt(part.split().split())
                    .putInt(part.split().splits());
            out.putLong(part.position());
        }
        return out.array();
    }

    @Override
    public List<TrafficPart> deserialize(int version, byte[] serialized) throws IOException {
        if (version != 1 || serialized.length % PART_BYTES != 0) {
            throw new IOException(
                    "traffic parts of version " + version + " with " + serialized.length + " bytes are not known");
        }
        ByteBuffer in = ByteBuffer.wrap(serialized);
        List<TrafficPart> parts = new ArrayList<>();
        while (in.hasRemaining()) {
            parts.add(new TrafficPart(new TrafficSplit(in.getInt(), in.getInt(), in.getInt()), in.getLong()));
        }
        return parts;
    }

    /** One part in the form of a list of one. */
    static final class OfOne implements SimpleVersionedSerializer<TrafficPart> {
        private static final long serialVersionUID = 1L;

        private final TrafficPartsSerializer parts = new TrafficPartsSerializer();

        @Override
        public int getVersion() {
            return parts.getVersion();
        }

        @Override
        public byte[] serialize(TrafficPart part) {
            return parts.serialize(List.of(part));
        }

        @Override
        public TrafficPart deserialize(int version, byte[] serialized) throws IOException {
            List<TrafficPart> read = parts.deserialize(version, serialized);
            if (read.size() != 1) {
                throw new IOException("one traffic part is expected, found " + read.size());
            }
            return read.get(0);
        }
    }
}

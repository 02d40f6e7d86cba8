package io.millrace.api.source.lib;

import io.millrace.api.source.SimpleVersionedSerializer;
import io.millrace.api.source.SourceSplit;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The elements from {@code next} up to but without {@code end} of a source whose elements are counted from 0. */
public record RangeSplit(String splitId, long next, long end) implements SourceSplit {

    /** {@code size} elements in at most {@code parts} splits, as equal as possible. None is empty. */
    static List<RangeSplit> divide(long size, int parts) {
        List<RangeSplit> splits = new ArrayList<>();
        long share = size / parts;
        long longer = size % parts;
        long start = 0;
        for (int i = 0; i < parts && start < size; i++) {
            long end = start + share + (i < longer ? 1 : 0);
            splits.add(new RangeSplit(String.valueOf(i), start, end));
            start = end;
        }
        return splits;
    }

    /** Form 1 of one split: its id, next and end. */
    static final class Serializer implements SimpleVersionedSerializer<RangeSplit> {
        private static final long serialVersionUID = 1L;

        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(RangeSplit split) throws IOException {
            return new ListSerializer().serialize(List.of(split));
        }

        @Override
        public RangeSplit deserialize(int version, byte[] serialized) throws IOException {
            return new ListSerializer().deserialize(version, serialized).get(0);
        }
    }

    /** Form 1 of a list of splits: their number, then each one's id, next and end. */
    static final class ListSerializer implements SimpleVersionedSerializer<List<RangeSplit>> {
        private static final long serialVersionUID = 1L;

        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(List<RangeSplit> splits) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            out.writeInt(splits.size());
            for (RangeSplit split : splits) {
                out.writeUTF(split.splitId());
                out.writeLong(split.next());
                out.writeLong(split.end());
            }
            return bytes.toByteArray();
        }

        @Override
        public List<RangeSplit> deserialize(int version, byte[] serialized) throws IOException {
            if (version != 1) {
                throw new IOException("Splits in form " + version + ", this build reads form 1");
            }
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(serialized));
            List<RangeSplit> splits = new ArrayList<>();
            for (int rest = in.readInt(); rest > 0; rest--) {
                splits.add(new RangeSplit(in.readUTF(), in.readLong(), in.readLong()));
            }
            return splits;
        }
    }
}

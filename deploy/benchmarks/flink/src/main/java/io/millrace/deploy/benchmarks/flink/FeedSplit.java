package io.millrace.deploy.benchmarks.flink;

import java.nio.ByteBuffer;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Split {@code index} of {@code count}. */
public record FeedSplit(int index, int count) implements SourceSplit {

    @Override
    public String splitId() {
        return index + "/" + count;
    }

    /** Two ints. */
    static final class Serializer implements SimpleVersionedSerializer<FeedSplit> {

        private static final long serialVersionUID = 1;

        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(FeedSplit split) {
            return ByteBuffer.allocate(8)
                    .putInt(split.index)
                    .putInt(split.count)
                    .array();
        }

        @Override
        public FeedSplit deserialize(int version, byte[] bytes) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            return new FeedSplit(buffer.getInt(), buffer.getInt());
        }
    }
}

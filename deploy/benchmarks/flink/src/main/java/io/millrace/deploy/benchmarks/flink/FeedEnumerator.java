package io.millrace.deploy.benchmarks.flink;

import java.nio.ByteBuffer;
import java.util.List;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.jspecify.annotations.Nullable;

/** Gives every reader the split of its index. Benchmarks run without failures, so no split ever comes back. */
final class FeedEnumerator implements SplitEnumerator<FeedSplit, Integer> {

    private final SplitEnumeratorContext<FeedSplit> context;

    FeedEnumerator(SplitEnumeratorContext<FeedSplit> context) {
        this.context = context;
    }

    @Override
    public void start() {
        // Readers are served as they register.
    }

    @Override
    public void handleSplitRequest(int subtask, @Nullable String host) {
        throw new IllegalStateException("readers get their split unasked, subtask " + subtask + " asked");
    }

    @Override
    public void addSplitsBack(List<FeedSplit> splits, int subtask) {
        throw new IllegalStateException("subtask " + subtask + " failed: a benchmark with failures has no result");
    }

    @Override
    public void addReader(int subtask) {
        context.assignSplit(new FeedSplit(subtask, context.currentParallelism()), subtask);
        context.signalNoMoreSplits(subtask);
    }

    @Override
    public Integer snapshotState(long checkpointId) {
        return 0;
    }

    @Override
    public void close() {
        // Nothing is held.
    }

    /** The enumerator has no state; one int stands for it. */
    static final class Serializer implements SimpleVersionedSerializer<Integer> {

        private static final long serialVersionUID = 1;

        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(Integer nothing) {
            return ByteBuffer.allocate(4).putInt(nothing).array();
        }

        @Override
        public Integer deserialize(int version, byte[] bytes) {
            return ByteBuffer.wrap(bytes).getInt();
        }
    }
}

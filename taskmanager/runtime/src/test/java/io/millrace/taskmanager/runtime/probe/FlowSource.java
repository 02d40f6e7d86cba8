package io.millrace.taskmanager.runtime.probe;

import io.millrace.api.source.Boundedness;
import io.millrace.api.source.InputStatus;
import io.millrace.api.source.ReaderOutput;
import io.millrace.api.source.SimpleVersionedSerializer;
import io.millrace.api.source.Source;
import io.millrace.api.source.SourceReader;
import io.millrace.api.source.SourceReaderContext;
import io.millrace.api.source.SourceSplit;
import io.millrace.api.source.SplitEnumerator;
import io.millrace.api.source.SplitEnumeratorContext;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Emits a number of made-up elements per subtask as fast as it may. */
final class FlowSource<T> implements Source<T, SourceSplit, Integer> {
    private static final long serialVersionUID = 1L;

    private final transient LongFunction<T> making;
    private final long records;

    FlowSource(LongFunction<T> making, long records) {
        this.making = making;
        this.records = records;
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.BOUNDED;
    }

    @Override
    public SourceReader<T, SourceSplit> createReader(SourceReaderContext readerContext) {
        return new Reader<>(making, records);
    }

    @Override
    public SplitEnumerator<SourceSplit, Integer> createEnumerator(SplitEnumeratorContext<SourceSplit> enumContext) {
        return new NoSplits();
    }

    @Override
    public SplitEnumerator<SourceSplit, Integer> restoreEnumerator(
            SplitEnumeratorContext<SourceSplit> enumContext, Integer checkpoint) {
        return new NoSplits();
    }

    @Override
    public SimpleVersionedSerializer<SourceSplit> getSplitSerializer() {
        return new NoSplitBytes();
    }

    @Override
    public SimpleVersionedSerializer<Integer> getEnumeratorCheckpointSerializer() {
        throw new UnsupportedOperationException();
    }

    private static final class NoSplitBytes implements SimpleVersionedSerializer<SourceSplit> {
        private static final long serialVersionUID = 1L;

        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(SourceSplit value) {
            throw new UnsupportedOperationException();
        }

        @Override
        public SourceSplit deserialize(int version, byte[] serialized) {
            throw new UnsupportedOperationException();
        }
    }

    private static final class NoSplits implements SplitEnumerator<SourceSplit, Integer> {
        @Override
        public void start() {}

        @Override
        public void handleSplitRequest(int subtaskId, @Nullable String requesterHostname) {}

        @Override
        public void addSplitsBack(List<SourceSplit> splits, int subtaskId) {}

        @Override
        public void addReader(int subtaskId) {}

        @Override
        public Integer snapshotState(long checkpointId) {
            return 0;
        }

        @Override
        public void close() {}
    }

    private static final class Reader<T> implements SourceReader<T, SourceSplit> {
        private final LongFunction<T> making;
        private final long records;
        private long next;

        Reader(LongFunction<T> making, long records) {
            this.making = making;
            this.records = records;
        }

        @Override
        public void start() {}

        @Override
        public InputStatus pollNext(ReaderOutput<T> output) {
            for (int i = 0; i < 32 && output.hasRoom(); i++) {
                if (next == records) {
                    return InputStatus.END_OF_INPUT;
                }
                output.collect(making.apply(next), next);
                next++;
            }
            return InputStatus.MORE_AVAILABLE;
        }

        @Override
        public List<SourceSplit> snapshotState(long checkpointId) {
            return List.of();
        }

        @Override
        public CompletableFuture<Void> isAvailable() {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void addSplits(List<SourceSplit> splits) {}

        @Override
        public void notifyNoMoreSplits() {}

        @Override
        public void close() {}
    }
}

package io.millrace.taskmanager.runtime.rig;

import io.millrace.api.source.Boundedness;
import io.millrace.api.source.InputStatus;
import io.millrace.api.source.ReaderOutput;
import io.millrace.api.source.SimpleVersionedSerializer;
import io.millrace.api.source.Source;
import io.millrace.api.source.SourceOutput;
import io.millrace.api.source.SourceReader;
import io.millrace.api.source.SourceReaderContext;
import io.millrace.api.source.SourceSplit;
import io.millrace.api.source.SplitEnumerator;
import io.millrace.api.source.SplitEnumeratorContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A bounded source of lists, one per split. Readers ask for a split at a time. */
public final class ListSource<T> implements Source<T, ListSource.ListSplit, Integer> {
    private static final long serialVersionUID = 1L;

    private final transient List<List<T>> splits;
    private final int recordsPerPoll;

    public ListSource(List<List<T>> splits) {
        this(splits, 3);
    }

    public ListSource(List<List<T>> splits, int recordsPerPoll) {
        this.splits = splits;
        this.recordsPerPoll = recordsPerPoll;
    }

    /** The number of a list. */
    public record ListSplit(int number) implements SourceSplit {
        @Override
        public String splitId() {
            return "split-" + number;
        }
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.BOUNDED;
    }

    @Override
    public SourceReader<T, ListSplit> createReader(SourceReaderContext readerContext) {
        return new Reader(readerContext);
    }

    @Override
    public SplitEnumerator<ListSplit, Integer> createEnumerator(SplitEnumeratorContext<ListSplit> enumContext) {
        return new Enumerator(enumContext);
    }

    @Override
    public SplitEnumerator<ListSplit, Integer> restoreEnumerator(
            SplitEnumeratorContext<ListSplit> enumContext, Integer checkpoint) {
        return new Enumerator(enumContext);
    }

    @Override
    public SimpleVersionedSerializer<ListSplit> getSplitSerializer() {
        return new SplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<Integer> getEnumeratorCheckpointSerializer() {
        return new IntegerSerializer();
    }

    private static final class SplitSerializer implements SimpleVersionedSerializer<ListSplit> {
        private static final long serialVersionUID = 1L;

        @Override
        public int getVersion() {
            return 7;
        }

        @Override
        public byte[] serialize(ListSplit value) {
            return Integer.toString(value.number()).getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        public ListSplit deserialize(int version, byte[] serialized) {
            if (version != 7) {
                throw new IllegalArgumentException("version " + version);
            }
            return new ListSplit(Integer.parseInt(new String(serialized, StandardCharsets.US_ASCII)));
        }
    }

    private final class Enumerator implements SplitEnumerator<ListSplit, Integer> {
        private final SplitEnumeratorContext<ListSplit> context;
        private int next;

        Enumerator(SplitEnumeratorContext<ListSplit> context) {
            this.context = context;
        }

        @Override
        public void start() {}

        @Override
        public void handleSplitRequest(int subtaskId, @Nullable String requesterHostname) {
            if (next < splits.size()) {
                context.assignSplit(new ListSplit(next++), subtaskId);
            } else {
                context.signalNoMoreSplits(subtaskId);
            }
        }

        @Override
        public void addSplitsBack(List<ListSplit> returned, int subtaskId) {}

        @Override
        public void addReader(int subtaskId) {}

        @Override
        public Integer snapshotState(long checkpointId) {
            return next;
        }

        @Override
        public void close() {}
    }

    private final class Reader implements SourceReader<T, ListSplit> {
        private final SourceReaderContext context;
        private final ArrayDeque<ListSplit> assigned = new ArrayDeque<>();
        private CompletableFuture<Void> available = new CompletableFuture<>();
        private boolean noMore;
        private int position;

        Reader(SourceReaderContext context) {
            this.context = context;
        }

        @Override
        public void start() {
            context.sendSplitRequest();
        }

        @Override
        public InputStatus pollNext(ReaderOutput<T> output) {
            ListSplit split = assigned.peek();
            if (split == null) {
                return noMore ? InputStatus.END_OF_INPUT : InputStatus.NOTHING_AVAILABLE;
            }
            List<T> records = splits.get(split.number());
            SourceOutput<T> out = output.createOutputForSplit(split.splitId());
            for (int i = 0; i < recordsPerPoll && position < records.size() && output.hasRoom(); i++) {
                out.collect(records.get(position++));
            }
            if (position == records.size()) {
                output.releaseOutputForSplit(split.splitId());
                assigned.remove();
                position = 0;
                context.sendSplitRequest();
            }
            return InputStatus.MORE_AVAILABLE;
        }

        @Override
        public List<ListSplit> snapshotState(long checkpointId) {
            return List.copyOf(assigned);
        }

        @Override
        public CompletableFuture<Void> isAvailable() {
            if (available.isDone()) {
                available = new CompletableFuture<>();
            }
            return available;
        }

        @Override
        public void addSplits(List<ListSplit> added) {
            assigned.addAll(added);
            available.complete(null);
        }

        @Override
        public void notifyNoMoreSplits() {
            noMore = true;
            available.complete(null);
        }

        @Override
        public void close() {}
    }
}

package io.millrace.api.source.lib;

import io.millrace.api.source.InputStatus;
import io.millrace.api.source.ReaderOutput;
import io.millrace.api.source.SourceOutput;
import io.millrace.api.source.SourceReader;
import io.millrace.api.source.SourceReaderContext;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Reads one split after another, asking for the next when it has none. */
abstract class RangeReader<T> implements SourceReader<T, RangeSplit> {
    /** Elements per poll: enough to make the poll itself cheap, few enough to keep a step short. */
    private static final int BATCH = 128;

    private final SourceReaderContext context;
    private final Deque<RangeSplit> waiting = new ArrayDeque<>();
    private CompletableFuture<Void> available = new CompletableFuture<>();
    private boolean noMoreSplits;

    private @Nullable RangeSplit current;
    private @Nullable SourceOutput<T> output;
    private long next;

    RangeReader(SourceReaderContext context) {
        this.context = context;
    }

    /** Called before the first element of a split. */
    abstract void seek(long index);

    /** The element at {@code index}; called in order from the one sought. */
    abstract T read(long index);

    @Override
    public final void start() {
        if (waiting.isEmpty()) {
            context.sendSplitRequest();
        }
    }

    @Override
    public final InputStatus pollNext(ReaderOutput<T> readerOutput) {
        RangeSplit split = current;
        SourceOutput<T> splitOutput = output;
        if (split == null || splitOutput == null) {
            split = waiting.poll();
            if (split == null) {
                return noMoreSplits ? InputStatus.END_OF_INPUT : InputStatus.NOTHING_AVAILABLE;
            }
            splitOutput = readerOutput.createOutputForSplit(split.splitId());
            current = split;
            output = splitOutput;
            next = split.next();
            seek(next);
        }
        for (int i = 0; i < BATCH && next < split.end() && readerOutput.hasRoom(); i++) {
            splitOutput.collect(read(next++));
        }
        if (next == split.end()) {
            finish(split, readerOutput);
        }
        return waiting.isEmpty() && current == null && !noMoreSplits
                ? InputStatus.NOTHING_AVAILABLE
                : InputStatus.MORE_AVAILABLE;
    }

    private void finish(RangeSplit split, ReaderOutput<T> readerOutput) {
        readerOutput.releaseOutputForSplit(split.splitId());
        current = null;
        output = null;
        if (waiting.isEmpty() && !noMoreSplits) {
            available = new CompletableFuture<>();
            context.sendSplitRequest();
        }
    }

    @Override
    public final List<RangeSplit> snapshotState(long checkpointId) {
        List<RangeSplit> splits = new ArrayList<>();
        if (current != null) {
            splits.add(new RangeSplit(current.splitId(), next, current.end()));
        }
        splits.addAll(waiting);
        return splits;
    }

    @Override
    public final CompletableFuture<Void> isAvailable() {
        return available;
    }

    @Override
    public final void addSplits(List<RangeSplit> splits) {
        waiting.addAll(splits);
        available.complete(null);
    }

    @Override
    public final void notifyNoMoreSplits() {
        noMoreSplits = true;
        available.complete(null);
    }

    @Override
    public final void close() {}
}

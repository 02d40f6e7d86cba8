package io.millrace.client.connectors.generator;

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

/** Generates its ranges one after another. */
final class GeneratorReader<O> implements SourceReader<O, NumberRange> {
    private static final int ELEMENTS_PER_POLL = 256;

    private final GeneratorFunction<Long, O> function;
    private final SourceReaderContext context;
    private final Deque<NumberRange> ranges = new ArrayDeque<>();
    private @Nullable SourceOutput<O> output;
    private int part;
    private long next;
    private long end;
    private boolean opened;
    private boolean noMoreSplits;
    private CompletableFuture<Void> available = new CompletableFuture<>();

    GeneratorReader(GeneratorFunction<Long, O> function, SourceReaderContext context) {
        this.function = function;
        this.context = context;
    }

    @Override
    public void start() {
        context.sendSplitRequest();
    }

    @Override
    public InputStatus pollNext(ReaderOutput<O> readerOutput) throws Exception {
        if (!opened) {
            opened = true;
            function.open(context);
        }
        SourceOutput<O> current = output;
        if (current == null) {
            current = nextRange(readerOutput);
            if (current == null) {
                return nothingNow();
            }
        }
        long stop = Math.min(end, next + ELEMENTS_PER_POLL);
        do {
            if (next >= stop) {
                break;
            }
            current.collect(function.map(next));
            next++;
        } while (readerOutput.hasRoom());
        if (next == end) {
            readerOutput.releaseOutputForSplit("part-" + part);
            output = null;
            context.sendSplitRequest();
        }
        return InputStatus.MORE_AVAILABLE;
    }

    private @Nullable SourceOutput<O> nextRange(ReaderOutput<O> readerOutput) {
        NumberRange range = ranges.poll();
        if (range == null) {
            return null;
        }
        part = range.part();
        next = range.next();
        end = range.end();
        output = readerOutput.createOutputForSplit(range.splitId());
        return output;
    }

    private InputStatus nothingNow() {
        if (noMoreSplits) {
            return InputStatus.END_OF_INPUT;
        }
        available = new CompletableFuture<>();
        return InputStatus.NOTHING_AVAILABLE;
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return available;
    }

    @Override
    public void addSplits(List<NumberRange> splits) {
        ranges.addAll(splits);
        available.complete(null);
    }

    @Override
    public void notifyNoMoreSplits() {
        noMoreSplits = true;
        available.complete(null);
    }

    @Override
    public List<NumberRange> snapshotState(long checkpointId) {
        List<NumberRange> state = new ArrayList<>(ranges);
        if (output != null) {
            state.add(new NumberRange(part, next, end));
        }
        return state;
    }

    @Override
    public void close() throws Exception {
        if (opened) {
            function.close();
        }
    }
}

package io.millrace.client.examples.loganalysis.sources;

import io.millrace.api.source.InputStatus;
import io.millrace.api.source.ReaderOutput;
import io.millrace.api.source.SourceReader;
import io.millrace.api.source.SourceReaderContext;
import io.millrace.client.examples.loganalysis.output.LinePosition;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Makes the lines of its parts, always of the part that is furthest behind, so that event time stays together. */
final class TrafficReader implements SourceReader<LogLine, TrafficPart> {
    private static final int LINES_PER_POLL = 128;

    /** Waking up for each single line would cost more than the lines. */
    private static final long SHORTEST_WAIT_NANOS = 100_000;

    private final LineMaker.Lines lines;
    private final long count;
    private final Schedule schedule;
    private final SourceReaderContext context;
    private final List<TrafficPart> parts = new ArrayList<>();
    private boolean noMoreSplits;
    private CompletableFuture<Void> available = new CompletableFuture<>();

    TrafficReader(LineMaker.Lines lines, long count, Schedule schedule, SourceReaderContext context) {
        this.lines = lines;
        this.count = count;
        this.schedule = schedule;
        this.context = context;
    }

    @Override
    public void start() {
        context.sendSplitRequest();
    }

    @Override
    public InputStatus pollNext(ReaderOutput<LogLine> output) {
        if (parts.isEmpty()) {
            available = new CompletableFuture<>();
            return noMoreSplits ? InputStatus.END_OF_INPUT : InputStatus.NOTHING_AVAILABLE;
        }
        int behind = furthestBehind();
        TrafficPart part = parts.get(behind);
        long position = part.position();
        long stop = Math.min(position + LINES_PER_POLL, part.split().size(count));
        long now = context.nanoTime();
        long nowMillis = context.currentTimeMillis();
        long othersNext = leastNextIndexBut(behind);
        long wait = 0;
        while (position < stop && output.hasRoom()) {
            long index = part.split().index(position);
            if (index > othersNext) {
                break;
            }
            wait = schedule.waitNanos(index, now);
            if (wait > 0) {
                break;
            }
            output.collect(new LogLine("generator", LinePosition.Unit.OFFSET, index, lines.line(index, nowMillis)));
            position++;
        }
        if (position == part.split().size(count)) {
            parts.remove(behind);
            return InputStatus.MORE_AVAILABLE;
        }
        parts.set(behind, part.at(position));
        if (wait <= 0) {
            return InputStatus.MORE_AVAILABLE;
        }
        available = context.wakeUpAt(now + Math.max(wait, SHORTEST_WAIT_NANOS));
        return InputStatus.NOTHING_AVAILABLE;
    }

    private int furthestBehind() {
        int behind = 0;
        for (int i = 1; i < parts.size(); i++) {
            if (nextIndex(parts.get(i)) < nextIndex(parts.get(behind))) {
                behind = i;
            }
        }
        return behind;
    }

    /** The next index of all parts but one; no bound if there is no other part. */
    private long leastNextIndexBut(int excluded) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < parts.size(); i++) {
            least = i == excluded ? least : Math.min(least, nextIndex(parts.get(i)));
        }
        return least;
    }

    private static long nextIndex(TrafficPart part) {
        return part.split().index(part.position());
    }

    @Override
    public List<TrafficPart> snapshotState(long checkpointId) {
        return List.copyOf(parts);
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return available;
    }

    @Override
    public void addSplits(List<TrafficPart> splits) {
        parts.addAll(splits);
        available.complete(null);
    }

    @Override
    public void notifyNoMoreSplits() {
        noMoreSplits = true;
        available.complete(null);
    }

    @Override
    public void close() {
        parts.clear();
    }
}

package io.millrace.api.source;

import io.millrace.api.execution.JobTerms;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Any source, slowed down to a rate over all its readers together. Each reader emits its share in small bursts, at the
 * latest every tenth of a millisecond if the rate is higher than that; time in which a reader was blocked is not caught
 * up beyond one second.
 */
public final class RateLimitedSource<T, S extends SourceSplit, C> implements Source<T, S, C> {
    private static final long serialVersionUID = 1L;

    private final Source<T, S, C> source;
    private final double elementsPerSecond;

    private RateLimitedSource(Source<T, S, C> source, double elementsPerSecond) {
        this.source = source;
        this.elementsPerSecond = elementsPerSecond;
    }

    /** @param elementsPerSecond more than 0, over all readers together */
    public static <T, S extends SourceSplit, C> RateLimitedSource<T, S, C> of(
            Source<T, S, C> source, double elementsPerSecond) {
        if (!(elementsPerSecond > 0)) {
            throw new IllegalArgumentException("A rate is more than 0, found " + elementsPerSecond);
        }
        return new RateLimitedSource<>(source, elementsPerSecond);
    }

    @Override
    public Boundedness getBoundedness() {
        return source.getBoundedness();
    }

    @Override
    public SourceReader<T, S> createReader(SourceReaderContext readerContext) throws Exception {
        double share = elementsPerSecond / readerContext.currentParallelism();
        return new Reader<>(source.createReader(readerContext), new Pace(share), readerContext);
    }

    @Override
    public SplitEnumerator<S, C> createEnumerator(SplitEnumeratorContext<S> enumContext) throws Exception {
        return source.createEnumerator(enumContext);
    }

    @Override
    public SplitEnumerator<S, C> restoreEnumerator(SplitEnumeratorContext<S> enumContext, C checkpoint)
            throws Exception {
        return source.restoreEnumerator(enumContext, checkpoint);
    }

    @Override
    public SimpleVersionedSerializer<S> getSplitSerializer() {
        return source.getSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<C> getEnumeratorCheckpointSerializer() {
        return source.getEnumeratorCheckpointSerializer();
    }

    @Override
    public void validate(JobTerms terms) {
        source.validate(terms);
    }

    /** Passes polls on while the pace allows. */
    private static final class Reader<T, S extends SourceSplit> implements SourceReader<T, S> {
        private static final long SHORTEST_WAIT_NANOS = 100_000;

        private final SourceReader<T, S> reader;
        private final Pace pace;
        private final SourceReaderContext context;
        private @Nullable PacedOutput<T> paced;
        private boolean waitingForPace;

        Reader(SourceReader<T, S> reader, Pace pace, SourceReaderContext context) {
            this.reader = reader;
            this.pace = pace;
            this.context = context;
        }

        @Override
        public void start() {
            pace.start(context.nanoTime());
            reader.start();
        }

        @Override
        public InputStatus pollNext(ReaderOutput<T> output) throws Exception {
            pace.refill(context.nanoTime());
            waitingForPace = !pace.hasPermit();
            if (waitingForPace) {
                return InputStatus.NOTHING_AVAILABLE;
            }
            PacedOutput<T> current = paced;
            if (current == null || current.output() != output) {
                current = new PacedOutput<>(output, pace);
                paced = current;
            }
            return reader.pollNext(current);
        }

        @Override
        public CompletableFuture<Void> isAvailable() {
            if (!waitingForPace) {
                return reader.isAvailable();
            }
            long now = context.nanoTime();
            return context.wakeUpAt(Math.max(pace.nextPermitNanos(), now + SHORTEST_WAIT_NANOS));
        }

        @Override
        public List<S> snapshotState(long checkpointId) {
            return reader.snapshotState(checkpointId);
        }

        @Override
        public void addSplits(List<S> splits) {
            reader.addSplits(splits);
        }

        @Override
        public void notifyNoMoreSplits() {
            reader.notifyNoMoreSplits();
        }

        @Override
        public void handleSourceEvents(SourceEvent event) {
            reader.handleSourceEvents(event);
        }

        @Override
        public void notifyCheckpointComplete(long checkpointId) throws Exception {
            reader.notifyCheckpointComplete(checkpointId);
        }

        @Override
        public void close() throws Exception {
            reader.close();
        }
    }
}

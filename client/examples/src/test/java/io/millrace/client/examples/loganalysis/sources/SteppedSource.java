package io.millrace.client.examples.loganalysis.sources;

import io.millrace.api.eventtime.Watermark;
import io.millrace.api.source.InputStatus;
import io.millrace.api.source.ReaderOutput;
import io.millrace.api.source.SourceEvent;
import io.millrace.api.source.SourceOutput;
import io.millrace.api.source.SourceReader;
import io.millrace.api.source.SourceReaderContext;
import io.millrace.api.source.SplitEnumerator;
import io.millrace.api.source.SplitEnumeratorContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

/** A source with its enumerator and readers on one thread and a clock that is set by hand. */
final class SteppedSource implements ReaderOutput<LogLine> {
    static final long WALL_SECONDS = 1_700_000_000L;

    private final List<SourceReader<LogLine, TrafficPart>> readers = new ArrayList<>();
    private final List<LogLine> lines = new ArrayList<>();
    private final Map<CompletableFuture<Void>, Long> alarms = new HashMap<>();
    private SplitEnumerator<TrafficPart, List<TrafficPart>> enumerator;
    private long nanos;
    int room = Integer.MAX_VALUE;

    SteppedSource(TrafficSource source, int parallelism) {
        this(source, parallelism, null);
    }

    /** @param restored the parts to go on with, or null to start anew */
    SteppedSource(TrafficSource source, int parallelism, List<TrafficPart> restored) {
        EnumeratorContext context = new EnumeratorContext(parallelism);
        enumerator = restored == null ? source.createEnumerator(context) : source.restoreEnumerator(context, restored);
        for (int i = 0; i < parallelism; i++) {
            readers.add(source.createReader(new ReaderContext(i, parallelism)));
        }
        readers.forEach(SourceReader::start);
    }

    List<LogLine> lines() {
        return lines;
    }

    InputStatus poll(int reader) {
        try {
            return readers.get(reader).pollNext(this);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Polls the readers in turn to the end of a bounded source. */
    List<LogLine> readAll() {
        List<Integer> running = new ArrayList<>();
        for (int i = 0; i < readers.size(); i++) {
            running.add(i);
        }
        while (!running.isEmpty()) {
            running.removeIf(reader -> poll(reader) == InputStatus.END_OF_INPUT);
        }
        return lines;
    }

    void pollUntilNothing() {
        for (int i = 0; i < readers.size(); i++) {
            while (poll(i) == InputStatus.MORE_AVAILABLE) {
                // The reader is bound by the clock, which stands still.
            }
        }
    }

    void advanceNanos(long by) {
        nanos += by;
        alarms.forEach((alarm, deadline) -> {
            if (deadline <= nanos) {
                alarm.complete(null);
            }
        });
    }

    boolean isAvailable(int reader) {
        return readers.get(reader).isAvailable().isDone();
    }

    List<TrafficPart> snapshot(int reader) {
        return readers.get(reader).snapshotState(1);
    }

    @Override
    public void collect(LogLine line) {
        room--;
        lines.add(line);
    }

    @Override
    public void collect(LogLine line, long timestamp) {
        throw new AssertionError("lines have no time before they are read");
    }

    @Override
    public boolean hasRoom() {
        return room > 0;
    }

    @Override
    public SourceOutput<LogLine> createOutputForSplit(String splitId) {
        throw new AssertionError("not used by the source");
    }

    @Override
    public void releaseOutputForSplit(String splitId) {
        throw new AssertionError("not used by the source");
    }

    @Override
    public void emitWatermark(Watermark watermark) {
        throw new AssertionError("not used by the source");
    }

    @Override
    public void markIdle() {
        throw new AssertionError("not used by the source");
    }

    @Override
    public void markActive() {
        throw new AssertionError("not used by the source");
    }

    private final class ReaderContext implements SourceReaderContext {
        private final int index;
        private final int parallelism;

        ReaderContext(int index, int parallelism) {
            this.index = index;
            this.parallelism = parallelism;
        }

        @Override
        public int getIndexOfSubtask() {
            return index;
        }

        @Override
        public int currentParallelism() {
            return parallelism;
        }

        @Override
        public ClassLoader getUserCodeClassLoader() {
            return SteppedSource.class.getClassLoader();
        }

        @Override
        public Map<String, String> getConfiguration() {
            return Map.of();
        }

        @Override
        public void sendSplitRequest() {
            enumerator.handleSplitRequest(index, null);
        }

        @Override
        public void sendSourceEventToCoordinator(SourceEvent event) {
            throw new AssertionError("not used by the source");
        }

        @Override
        public long currentTimeMillis() {
            return WALL_SECONDS * 1000 + 999;
        }

        @Override
        public long nanoTime() {
            return nanos;
        }

        @Override
        public CompletableFuture<Void> wakeUpAt(long deadlineNanos) {
            CompletableFuture<Void> alarm = new CompletableFuture<>();
            alarms.put(alarm, deadlineNanos);
            return alarm;
        }
    }

    private final class EnumeratorContext implements SplitEnumeratorContext<TrafficPart> {
        private final int parallelism;

        EnumeratorContext(int parallelism) {
            this.parallelism = parallelism;
        }

        @Override
        public int currentParallelism() {
            return parallelism;
        }

        @Override
        public Set<Integer> registeredReaders() {
            return Set.of();
        }

        @Override
        public void assignSplit(TrafficPart split, int subtaskId) {
            readers.get(subtaskId).addSplits(List.of(split));
        }

        @Override
        public void signalNoMoreSplits(int subtaskId) {
            readers.get(subtaskId).notifyNoMoreSplits();
        }

        @Override
        public void sendEventToSourceReader(int subtaskId, SourceEvent event) {
            throw new AssertionError("not used by the source");
        }

        @Override
        public <R> void callAsync(Callable<R> callable, BiConsumer<R, Throwable> handler) {
            throw new AssertionError("not used by the source");
        }

        @Override
        public <R> void callAsync(
                Callable<R> callable, BiConsumer<R, Throwable> handler, long initialDelayMillis, long periodMillis) {
            throw new AssertionError("not used by the source");
        }

        @Override
        public void runInCoordinatorThread(Runnable runnable) {
            throw new AssertionError("not used by the source");
        }
    }
}

package io.millrace.api.source;

import io.millrace.api.eventtime.Watermark;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

/**
 * Runs a source by hand in one thread: its enumerator and as many readers as wanted. Splits pass through their
 * serializer, as they do between processes. Refuses readers that emit without room or end twice.
 */
public final class SourceHarness<T, S extends SourceSplit, C> {
    private final Source<T, S, C> source;
    private final SplitEnumerator<S, C> enumerator;
    private final List<Reader> readers = new ArrayList<>();

    /** A source that starts from its beginning. */
    public SourceHarness(Source<T, S, C> source, int parallelism) throws Exception {
        this.source = source;
        this.enumerator = source.createEnumerator(new Context(parallelism));
        enumerator.start();
        for (int i = 0; i < parallelism; i++) {
            readers.add(new Reader(i, parallelism));
            enumerator.addReader(i);
        }
        for (Reader reader : readers) {
            reader.reader.start();
        }
    }

    /** What reader {@code subtask} has emitted so far. */
    public List<T> elements(int subtask) {
        return readers.get(subtask).output.elements;
    }

    /** The splits that reader {@code subtask} has read to their end, in order. */
    public List<String> finishedSplits(int subtask) {
        return readers.get(subtask).output.finished;
    }

    /** Lets reader {@code subtask} emit {@code room} more elements and polls it once. */
    public InputStatus poll(int subtask, int room) throws Exception {
        Reader reader = readers.get(subtask);
        reader.output.room = room;
        return reader.reader.pollNext(reader.output);
    }

    /** Polls all readers in turn until each has ended. */
    public void runToEnd() throws Exception {
        int ended = 0;
        for (int round = 0; ended < readers.size(); round++) {
            if (round > 1_000_000) {
                throw new IllegalStateException("the source does not end");
            }
            ended = 0;
            for (int i = 0; i < readers.size(); i++) {
                InputStatus status = poll(i, 3);
                if (status == InputStatus.NOTHING_AVAILABLE
                        && readers.get(i).reader.isAvailable().isDone()) {
                    status = poll(i, 3);
                }
                ended += status == InputStatus.END_OF_INPUT ? 1 : 0;
            }
        }
    }

    /** The position of reader {@code subtask}, through the split serializer. */
    public List<S> snapshot(int subtask) throws Exception {
        List<S> splits = new ArrayList<>();
        for (S split : readers.get(subtask).reader.snapshotState(1)) {
            splits.add(throughBytes(split));
        }
        return splits;
    }

    /** What the enumerator has not assigned, through its serializer. */
    public C snapshotEnumerator() throws Exception {
        SimpleVersionedSerializer<C> serializer = source.getEnumeratorCheckpointSerializer();
        return serializer.deserialize(serializer.getVersion(), serializer.serialize(enumerator.snapshotState(1)));
    }

    /** Gives splits back to the enumerator, as after the loss of reader {@code subtask}. */
    public void giveBack(List<S> splits, int subtask) {
        enumerator.addSplitsBack(splits, subtask);
    }

    private S throughBytes(S split) throws Exception {
        SimpleVersionedSerializer<S> serializer = source.getSplitSerializer();
        return serializer.deserialize(serializer.getVersion(), serializer.serialize(split));
    }

    private final class Reader implements SourceReaderContext {
        private final int subtask;
        private final int parallelism;
        private final Output<T> output = new Output<>();
        private final SourceReader<T, S> reader;

        Reader(int subtask, int parallelism) throws Exception {
            this.subtask = subtask;
            this.parallelism = parallelism;
            this.reader = source.createReader(this);
        }

        @Override
        public int getIndexOfSubtask() {
            return subtask;
        }

        @Override
        public int currentParallelism() {
            return parallelism;
        }

        @Override
        public ClassLoader getUserCodeClassLoader() {
            return SourceHarness.class.getClassLoader();
        }

        @Override
        public Map<String, String> getConfiguration() {
            return Map.of();
        }

        @Override
        public void sendSplitRequest() {
            enumerator.handleSplitRequest(subtask, null);
        }

        @Override
        public void sendSourceEventToCoordinator(SourceEvent event) {
            enumerator.handleSourceEvent(subtask, event);
        }

        @Override
        public long currentTimeMillis() {
            return 0;
        }

        @Override
        public long nanoTime() {
            return 0;
        }

        @Override
        public CompletableFuture<Void> wakeUpAt(long deadlineNanos) {
            return CompletableFuture.completedFuture(null);
        }
    }

    private final class Context implements SplitEnumeratorContext<S> {
        private final int parallelism;

        Context(int parallelism) {
            this.parallelism = parallelism;
        }

        @Override
        public int currentParallelism() {
            return parallelism;
        }

        @Override
        public Set<Integer> registeredReaders() {
            throw new UnsupportedOperationException("not kept here");
        }

        @Override
        public void assignSplit(S split, int subtaskId) {
            try {
                readers.get(subtaskId).reader.addSplits(List.of(throughBytes(split)));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void signalNoMoreSplits(int subtaskId) {
            readers.get(subtaskId).reader.notifyNoMoreSplits();
        }

        @Override
        public void sendEventToSourceReader(int subtaskId, SourceEvent event) {
            readers.get(subtaskId).reader.handleSourceEvents(event);
        }

        @Override
        public <R> void callAsync(Callable<R> callable, BiConsumer<R, Throwable> handler) {
            throw new UnsupportedOperationException("nothing runs aside here");
        }

        @Override
        public <R> void callAsync(
                Callable<R> callable, BiConsumer<R, Throwable> handler, long initialDelayMillis, long periodMillis) {
            throw new UnsupportedOperationException("nothing runs aside here");
        }

        @Override
        public void runInCoordinatorThread(Runnable runnable) {
            runnable.run();
        }
    }

    private static final class Output<T> implements ReaderOutput<T> {
        private final List<T> elements = new ArrayList<>();
        private final List<String> finished = new ArrayList<>();
        private final Map<String, SourceOutput<T>> splits = new TreeMap<>();
        private int room;

        @Override
        public boolean hasRoom() {
            return room > 0;
        }

        @Override
        public void collect(T element) {
            if (room <= 0) {
                throw new IllegalStateException("an element where there is no room");
            }
            room--;
            elements.add(element);
        }

        @Override
        public void collect(T element, long timestamp) {
            collect(element);
        }

        @Override
        public SourceOutput<T> createOutputForSplit(String splitId) {
            splits.put(splitId, this);
            return this;
        }

        @Override
        public void releaseOutputForSplit(String splitId) {
            if (splits.remove(splitId) == null) {
                throw new IllegalStateException("split " + splitId + " ends without having begun");
            }
            finished.add(splitId);
        }

        @Override
        public void emitWatermark(Watermark watermark) {}

        @Override
        public void markIdle() {}

        @Override
        public void markActive() {}
    }
}

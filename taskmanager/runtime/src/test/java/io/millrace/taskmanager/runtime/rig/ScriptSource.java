package io.millrace.taskmanager.runtime.rig;

import io.millrace.api.eventtime.Watermark;
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
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A source without splits whose readers emit what a test tells them, one call per poll. */
public final class ScriptSource<T> implements Source<T, SourceSplit, Integer> {
    private static final long serialVersionUID = 1L;

    private final transient Map<Integer, ScriptReader> readers = new HashMap<>();
    private final transient Map<Integer, ArrayDeque<Consumer<ReaderOutput<T>>>> scripts = new HashMap<>();
    private final transient java.util.Set<Integer> ended = new java.util.HashSet<>();

    private transient boolean refusing;

    private ScriptSource<T> add(int subtask, Consumer<ReaderOutput<T>> call) {
        scripts.computeIfAbsent(subtask, absent -> new ArrayDeque<>()).add(call);
        ScriptReader reader = readers.get(subtask);
        if (reader != null) {
            reader.available.complete(null);
        }
        return this;
    }

    public ScriptSource<T> emit(T element, long timestamp) {
        return emit(0, element, timestamp);
    }

    public ScriptSource<T> emit(int subtask, T element, long timestamp) {
        return add(subtask, out -> out.collect(element, timestamp));
    }

    public ScriptSource<T> emitWithoutTimestamp(T element) {
        return add(0, out -> out.collect(element));
    }

    public ScriptSource<T> watermark(long timestamp) {
        return watermark(0, timestamp);
    }

    public ScriptSource<T> watermark(int subtask, long timestamp) {
        return add(subtask, out -> out.emitWatermark(new Watermark(timestamp)));
    }

    public ScriptSource<T> idle(int subtask) {
        return add(subtask, ReaderOutput::markIdle);
    }

    /** Any call on the output. */
    public ScriptSource<T> call(int subtask, Consumer<ReaderOutput<T>> call) {
        return add(subtask, call);
    }

    public ScriptSource<T> end() {
        return end(0);
    }

    public ScriptSource<T> end(int subtask) {
        ended.add(subtask);
        return add(subtask, out -> {});
    }

    /** From now on its readers' snapshots fail. */
    public void refuseSnapshots() {
        refusing = true;
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.CONTINUOUS_UNBOUNDED;
    }

    @Override
    public SourceReader<T, SourceSplit> createReader(SourceReaderContext readerContext) {
        ScriptReader reader = new ScriptReader(readerContext.getIndexOfSubtask());
        readers.put(readerContext.getIndexOfSubtask(), reader);
        return reader;
    }

    @Override
    public SplitEnumerator<SourceSplit, Integer> createEnumerator(SplitEnumeratorContext<SourceSplit> enumContext) {
        return new Enumerator();
    }

    @Override
    public SplitEnumerator<SourceSplit, Integer> restoreEnumerator(
            SplitEnumeratorContext<SourceSplit> enumContext, Integer checkpoint) {
        return new Enumerator();
    }

    @Override
    public SimpleVersionedSerializer<SourceSplit> getSplitSerializer() {
        return new NoSplits();
    }

    @Override
    public SimpleVersionedSerializer<Integer> getEnumeratorCheckpointSerializer() {
        return new IntegerSerializer();
    }

    private static final class NoSplits implements SimpleVersionedSerializer<SourceSplit> {
        private static final long serialVersionUID = 1L;

        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(SourceSplit value) {
            throw new UnsupportedOperationException("no splits here");
        }

        @Override
        public SourceSplit deserialize(int version, byte[] serialized) {
            throw new UnsupportedOperationException("no splits here");
        }
    }

    private static final class Enumerator implements SplitEnumerator<SourceSplit, Integer> {
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

    private final class ScriptReader implements SourceReader<T, SourceSplit> {
        private final int subtask;
        private CompletableFuture<Void> available = new CompletableFuture<>();

        ScriptReader(int subtask) {
            this.subtask = subtask;
        }

        @Override
        public void start() {}

        @Override
        public InputStatus pollNext(ReaderOutput<T> output) {
            ArrayDeque<Consumer<ReaderOutput<T>>> script =
                    scripts.computeIfAbsent(subtask, absent -> new ArrayDeque<>());
            Consumer<ReaderOutput<T>> next = script.poll();
            if (next != null) {
                next.accept(output);
                return InputStatus.MORE_AVAILABLE;
            }
            return ended.contains(subtask) ? InputStatus.END_OF_INPUT : InputStatus.NOTHING_AVAILABLE;
        }

        @Override
        public List<SourceSplit> snapshotState(long checkpointId) {
            if (refusing) {
                throw new IllegalStateException("no snapshot today");
            }
            return List.of();
        }

        @Override
        public CompletableFuture<Void> isAvailable() {
            if (available.isDone()) {
                available = new CompletableFuture<>();
            }
            return available;
        }

        @Override
        public void addSplits(List<SourceSplit> splits) {}

        @Override
        public void notifyNoMoreSplits() {}

        @Override
        public void close() {}
    }
}

package io.millrace.client.connectors.files;

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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

/** One enumerator and one reader of a file source, joined and stepped by hand in one thread. */
final class ScriptedSource<T> implements SourceReaderContext, SplitEnumeratorContext<FileSplit>, ReaderOutput<T> {
    final List<T> emitted = new ArrayList<>();
    final List<String> released = new ArrayList<>();
    final SourceReader<T, FileSplit> reader;
    private final SplitEnumerator<FileSplit, FileEnumeratorState> enumerator;
    private final List<Runnable> periodic = new ArrayList<>();

    ScriptedSource(FileSource<T> source) {
        enumerator = source.createEnumerator(this);
        reader = source.createReader(this);
    }

    void start() {
        enumerator.start();
        reader.start();
    }

    void discoverAgain() {
        periodic.forEach(Runnable::run);
    }

    /** Polls until nothing more comes. @return whether the input has ended */
    boolean drain() throws Exception {
        InputStatus status = reader.pollNext(this);
        while (status == InputStatus.MORE_AVAILABLE) {
            status = reader.pollNext(this);
        }
        return status == InputStatus.END_OF_INPUT;
    }

    @Override
    public int getIndexOfSubtask() {
        return 0;
    }

    @Override
    public int currentParallelism() {
        return 1;
    }

    @Override
    public ClassLoader getUserCodeClassLoader() {
        return ScriptedSource.class.getClassLoader();
    }

    @Override
    public Map<String, String> getConfiguration() {
        return Map.of();
    }

    @Override
    public void sendSplitRequest() {
        enumerator.handleSplitRequest(0, null);
    }

    @Override
    public void sendSourceEventToCoordinator(SourceEvent event) {
        throw new AssertionError("no events here");
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
        return new CompletableFuture<>();
    }

    @Override
    public Set<Integer> registeredReaders() {
        return new HashSet<>(List.of(0));
    }

    @Override
    public void assignSplit(FileSplit split, int subtaskId) {
        reader.addSplits(List.of(split));
    }

    @Override
    public void signalNoMoreSplits(int subtaskId) {
        reader.notifyNoMoreSplits();
    }

    @Override
    public void sendEventToSourceReader(int subtaskId, SourceEvent event) {
        throw new AssertionError("no events here");
    }

    @Override
    public <R> void callAsync(Callable<R> callable, BiConsumer<R, Throwable> handler) {
        R result = null;
        Throwable failure = null;
        try {
            result = callable.call();
        } catch (Exception e) {
            failure = e;
        }
        handler.accept(result, failure);
    }

    @Override
    public <R> void callAsync(
            Callable<R> callable, BiConsumer<R, Throwable> handler, long initialDelayMillis, long periodMillis) {
        callAsync(callable, handler);
        periodic.add(() -> callAsync(callable, handler));
    }

    @Override
    public void runInCoordinatorThread(Runnable runnable) {
        runnable.run();
    }

    @Override
    public SourceOutput<T> createOutputForSplit(String splitId) {
        return this;
    }

    @Override
    public void releaseOutputForSplit(String splitId) {
        released.add(splitId);
    }

    @Override
    public void collect(T element) {
        emitted.add(element);
    }

    @Override
    public void collect(T element, long timestamp) {
        emitted.add(element);
    }

    @Override
    public void emitWatermark(Watermark watermark) {
        throw new AssertionError("a file source makes no watermarks");
    }

    @Override
    public void markIdle() {
        throw new AssertionError("a file source does not mark idleness");
    }

    @Override
    public void markActive() {
        throw new AssertionError("a file source does not mark activity");
    }
}

package io.millrace.api.source;

import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;

/** What an enumerator acts through. For the enumerator's thread. */
public interface SplitEnumeratorContext<SplitT extends SourceSplit> {
    int currentParallelism();

    Set<Integer> registeredReaders();

    void assignSplit(SplitT split, int subtaskId);

    /** Tells a reader that no further splits will come. */
    void signalNoMoreSplits(int subtaskId);

    void sendEventToSourceReader(int subtaskId, SourceEvent event);

    /** Runs {@code callable} on a thread that may block and {@code handler} afterwards on the enumerator's thread. */
    <R> void callAsync(Callable<R> callable, BiConsumer<R, Throwable> handler);

    /** As {@link #callAsync(Callable, BiConsumer)}, again and again. */
    <R> void callAsync(
            Callable<R> callable, BiConsumer<R, Throwable> handler, long initialDelayMillis, long periodMillis);

    void runInCoordinatorThread(Runnable runnable);
}

package io.millrace.api.source;

import java.util.Map;

/** What a reader knows of where it runs. */
public interface SourceReaderContext {
    int getIndexOfSubtask();

    int currentParallelism();

    ClassLoader getUserCodeClassLoader();

    Map<String, String> getConfiguration();

    /** Asks the enumerator for a split. */
    void sendSplitRequest();

    void sendSourceEventToCoordinator(SourceEvent event);

    /** The processing-time clock, milliseconds since 1970-01-01T00:00Z; in tests it is virtual. */
    long currentTimeMillis();

    /** A monotonic clock for rates and waits, in nanoseconds; in tests it is virtual. */
    long nanoTime();

    /**
     * A future that completes when {@link #nanoTime} reaches {@code deadlineNanos}; for readers that pace themselves.
     */
    java.util.concurrent.CompletableFuture<Void> wakeUpAt(long deadlineNanos);
}

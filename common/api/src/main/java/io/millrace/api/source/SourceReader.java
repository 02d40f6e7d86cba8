package io.millrace.api.source;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Reads splits in one subtask. All methods are called by the subtask's thread and must not block; what has to wait for
 * I/O does so on threads of the reader's own and completes {@link #isAvailable}.
 */
public interface SourceReader<T, SplitT extends SourceSplit> {
    void start();

    /** Emits at most a handful of elements. */
    InputStatus pollNext(ReaderOutput<T> output) throws Exception;

    /** The splits being read, each with its position, as of the elements emitted so far. */
    List<SplitT> snapshotState(long checkpointId);

    /** Completes (from any thread) when {@link #pollNext} is worth calling again after {@code NOTHING_AVAILABLE}. */
    CompletableFuture<Void> isAvailable();

    void addSplits(List<SplitT> splits);

    /** No further splits will be assigned. */
    void notifyNoMoreSplits();

    default void handleSourceEvents(SourceEvent event) {}

    default void notifyCheckpointComplete(long checkpointId) throws Exception {}

    /** Releases everything; called once, in any case. */
    void close() throws Exception;
}

package io.millrace.api.source;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds splits and assigns them to readers. All methods are called by one thread; use {@code callAsync} for I/O. */
public interface SplitEnumerator<SplitT extends SourceSplit, CheckpointT> {
    void start();

    void handleSplitRequest(int subtaskId, @Nullable String requesterHostname);

    /** Splits of a failed reader that must be assigned again. */
    void addSplitsBack(List<SplitT> splits, int subtaskId);

    void addReader(int subtaskId);

    CheckpointT snapshotState(long checkpointId) throws Exception;

    default void handleSourceEvent(int subtaskId, SourceEvent event) {}

    /** Releases everything; called once, in any case. */
    void close() throws Exception;
}

package io.millrace.api.sink;

import java.io.IOException;
import java.util.List;

/** A writer of a sink that {@link SupportsWriterState}. */
public interface StatefulSinkWriter<T, StateT> extends SinkWriter<T> {
    /**
     * What a writer has to know that takes over after a restore. Called after {@link #flush} and, where the sink
     * commits, after {@link CommittingSinkWriter#prepareCommit}.
     *
     * @param checkpointId of the checkpoint or savepoint it becomes part of
     */
    List<StateT> snapshotState(long checkpointId) throws IOException;
}

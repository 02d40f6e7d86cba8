package io.millrace.api.sink;

import java.io.IOException;
import java.util.Collection;

/** A writer of a sink that {@link SupportsCommitter}. */
public interface CommittingSinkWriter<T, CommT> extends SinkWriter<T> {
    /** What was written since the last call, ready to be committed. Called after {@link #flush}. */
    Collection<CommT> prepareCommit() throws IOException, InterruptedException;
}

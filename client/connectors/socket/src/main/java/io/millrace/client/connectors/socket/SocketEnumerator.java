package io.millrace.client.connectors.socket;

import io.millrace.api.source.SplitEnumerator;
import io.millrace.api.source.SplitEnumeratorContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives the one connection to the first reader that asks. */
final class SocketEnumerator implements SplitEnumerator<SocketSplit, Boolean> {
    private final SplitEnumeratorContext<SocketSplit> context;
    private final SocketSplit server;
    private boolean assigned;

    SocketEnumerator(SplitEnumeratorContext<SocketSplit> context, SocketSplit server, boolean assigned) {
        this.context = context;
        this.server = server;
        this.assigned = assigned;
    }

    @Override
    public void start() {
        // Readers ask.
    }

    @Override
    public void handleSplitRequest(int subtaskId, @Nullable String requesterHostname) {
        if (!assigned) {
            assigned = true;
            context.assignSplit(server, subtaskId);
        } else {
            context.signalNoMoreSplits(subtaskId);
        }
    }

    @Override
    public void addSplitsBack(List<SocketSplit> splits, int subtaskId) {
        assigned = assigned && splits.isEmpty();
    }

    @Override
    public void addReader(int subtaskId) {
        // Readers ask.
    }

    @Override
    public Boolean snapshotState(long checkpointId) {
        return assigned;
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}

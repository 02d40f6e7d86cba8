package io.millrace.client.connectors.socket;

import io.millrace.api.source.InputStatus;
import io.millrace.api.source.ReaderOutput;
import io.millrace.api.source.SourceReader;
import io.millrace.api.source.SourceReaderContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Takes lines from a connection that a thread of its own reads. */
final class SocketReader implements SourceReader<String, SocketSplit> {
    private static final int LINES_PER_POLL = 64;

    private final SocketSettings settings;
    private final SourceReaderContext context;
    private @Nullable SocketConnection connection;
    private @Nullable SocketSplit split;
    private boolean requested;
    private boolean noMoreSplits;
    private CompletableFuture<Void> available = new CompletableFuture<>();

    SocketReader(SocketSettings settings, SourceReaderContext context) {
        this.settings = settings;
        this.context = context;
    }

    @Override
    public void start() {
        request();
    }

    private void request() {
        if (!requested) {
            requested = true;
            context.sendSplitRequest();
        }
    }

    @Override
    public InputStatus pollNext(ReaderOutput<String> output) throws IOException {
        SocketConnection open = connection;
        if (open == null) {
            if (noMoreSplits) {
                return InputStatus.END_OF_INPUT;
            }
            available = new CompletableFuture<>();
            return InputStatus.NOTHING_AVAILABLE;
        }
        for (int emitted = 0; emitted < LINES_PER_POLL && (emitted == 0 || output.hasRoom()); emitted++) {
            // Asked for before the look, so that a line that comes between the two is not slept over.
            CompletableFuture<Void> next = open.nextArrival();
            String line = open.poll();
            if (line == null) {
                if (open.hasEnded()) {
                    open.throwIfBroken();
                    end(open);
                    return InputStatus.MORE_AVAILABLE;
                }
                available = next;
                return InputStatus.NOTHING_AVAILABLE;
            }
            output.collect(line);
        }
        return InputStatus.MORE_AVAILABLE;
    }

    private void end(SocketConnection ended) {
        ended.close();
        connection = null;
        split = null;
        requested = false;
        request();
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return available;
    }

    @Override
    public void addSplits(List<SocketSplit> splits) {
        for (SocketSplit server : splits) {
            split = server;
            connection = SocketConnection.open(server, settings);
        }
        available.complete(null);
    }

    @Override
    public void notifyNoMoreSplits() {
        noMoreSplits = true;
        available.complete(null);
    }

    @Override
    public List<SocketSplit> snapshotState(long checkpointId) {
        List<SocketSplit> splits = new ArrayList<>();
        if (split != null) {
            splits.add(split);
        }
        return splits;
    }

    @Override
    public void close() {
        if (connection != null) {
            connection.close();
        }
    }
}

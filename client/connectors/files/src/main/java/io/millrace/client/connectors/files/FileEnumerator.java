package io.millrace.client.connectors.files;

import io.millrace.api.source.SplitEnumerator;
import io.millrace.api.source.SplitEnumeratorContext;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lists files, hands them out one by one to readers that ask, and goes on looking if the source is to. */
final class FileEnumerator implements SplitEnumerator<FileSplit, FileEnumeratorState> {
    private final FileSourceSettings settings;
    private final SplitEnumeratorContext<FileSplit> context;
    private final Deque<FileSplit> pending;
    private final Set<String> seen;
    private final Deque<Integer> waitingReaders = new ArrayDeque<>();
    private boolean listed;

    FileEnumerator(FileSourceSettings settings, SplitEnumeratorContext<FileSplit> context, FileEnumeratorState state) {
        this.settings = settings;
        this.context = context;
        this.pending = new ArrayDeque<>(state.pending());
        this.seen = new LinkedHashSet<>(state.seen());
    }

    @Override
    public void start() {
        if (settings.discoveryMillis() > 0) {
            context.callAsync(
                    () -> FileDiscovery.list(settings.paths()), this::onListed, 0, settings.discoveryMillis());
        } else {
            context.callAsync(() -> FileDiscovery.list(settings.paths()), this::onListed);
        }
    }

    private void onListed(@Nullable List<String> files, @Nullable Throwable failure) {
        if (failure instanceof RuntimeException problem) {
            throw problem;
        }
        if (failure != null || files == null) {
            throw new IllegalStateException("Listing files failed", failure);
        }
        for (String file : files) {
            if (seen.add(file)) {
                pending.add(new FileSplit(file, 0, 0));
            }
        }
        listed = true;
        serveWaitingReaders();
    }

    @Override
    public void handleSplitRequest(int subtaskId, @Nullable String requesterHostname) {
        waitingReaders.add(subtaskId);
        serveWaitingReaders();
    }

    private void serveWaitingReaders() {
        while (!waitingReaders.isEmpty() && !pending.isEmpty()) {
            context.assignSplit(pending.remove(), waitingReaders.remove());
        }
        if (listed && settings.discoveryMillis() == 0) {
            waitingReaders.forEach(context::signalNoMoreSplits);
            waitingReaders.clear();
        }
    }

    @Override
    public void addSplitsBack(List<FileSplit> splits, int subtaskId) {
        List<FileSplit> reversed = new ArrayList<>(splits);
        java.util.Collections.reverse(reversed);
        reversed.forEach(pending::addFirst);
        serveWaitingReaders();
    }

    @Override
    public void addReader(int subtaskId) {
        // Readers ask for splits themselves.
    }

    @Override
    public FileEnumeratorState snapshotState(long checkpointId) {
        return new FileEnumeratorState(new ArrayList<>(pending), seen);
    }

    @Override
    public void close() {
        pending.clear();
    }
}

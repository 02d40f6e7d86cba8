package io.millrace.client.examples.loganalysis.sources;

import io.millrace.api.source.SplitEnumerator;
import io.millrace.api.source.SplitEnumeratorContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives each reader that asks its even share of the parts. */
final class TrafficEnumerator implements SplitEnumerator<TrafficPart, List<TrafficPart>> {
    private final SplitEnumeratorContext<TrafficPart> context;
    private final List<TrafficPart> pending;

    TrafficEnumerator(SplitEnumeratorContext<TrafficPart> context, List<TrafficPart> pending) {
        this.context = context;
        this.pending = new ArrayList<>(pending);
    }

    @Override
    public void start() {
        // Readers ask.
    }

    @Override
    public void handleSplitRequest(int subtaskId, @Nullable String requesterHostname) {
        List<TrafficPart> share = pending.stream()
                .filter(part -> part.split().split() % context.currentParallelism() == subtaskId)
                .toList();
        pending.removeAll(share);
        share.forEach(part -> context.assignSplit(part, subtaskId));
        context.signalNoMoreSplits(subtaskId);
    }

    @Override
    public void addSplitsBack(List<TrafficPart> splits, int subtaskId) {
        pending.addAll(splits);
    }

    @Override
    public void addReader(int subtaskId) {
        // Readers ask.
    }

    @Override
    public List<TrafficPart> snapshotState(long checkpointId) {
        return List.copyOf(pending);
    }

    @Override
    public void close() {
        pending.clear();
    }
}

package io.millrace.api.source.lib;

import io.millrace.api.source.SplitEnumerator;
import io.millrace.api.source.SplitEnumeratorContext;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hands out one split per request until none is left. */
final class RangeEnumerator implements SplitEnumerator<RangeSplit, List<RangeSplit>> {
    private final SplitEnumeratorContext<RangeSplit> context;
    private final Deque<RangeSplit> unassigned;

    RangeEnumerator(SplitEnumeratorContext<RangeSplit> context, List<RangeSplit> splits) {
        this.context = context;
        this.unassigned = new ArrayDeque<>(splits);
    }

    @Override
    public void start() {}

    @Override
    public void handleSplitRequest(int subtaskId, @Nullable String requesterHostname) {
        RangeSplit split = unassigned.poll();
        if (split == null) {
            context.signalNoMoreSplits(subtaskId);
        } else {
            context.assignSplit(split, subtaskId);
        }
    }

    @Override
    public void addSplitsBack(List<RangeSplit> splits, int subtaskId) {
        for (int i = splits.size() - 1; i >= 0; i--) {
            unassigned.addFirst(splits.get(i));
        }
    }

    @Override
    public void addReader(int subtaskId) {}

    @Override
    public List<RangeSplit> snapshotState(long checkpointId) {
        return List.copyOf(unassigned);
    }

    @Override
    public void close() {}
}

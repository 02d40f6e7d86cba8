package io.millrace.client.connectors.generator;

import io.millrace.api.source.SplitEnumerator;
import io.millrace.api.source.SplitEnumeratorContext;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hands ranges out, one to each reader that asks. */
final class RangeEnumerator implements SplitEnumerator<NumberRange, List<NumberRange>> {
    private final SplitEnumeratorContext<NumberRange> context;
    private final Deque<NumberRange> pending;

    RangeEnumerator(SplitEnumeratorContext<NumberRange> context, List<NumberRange> pending) {
        this.context = context;
        this.pending = new ArrayDeque<>(pending);
    }

    @Override
    public void start() {
        // Readers ask.
    }

    @Override
    public void handleSplitRequest(int subtaskId, @Nullable String requesterHostname) {
        NumberRange range = pending.poll();
        if (range == null) {
            context.signalNoMoreSplits(subtaskId);
        } else {
            context.assignSplit(range, subtaskId);
        }
    }

    @Override
    public void addSplitsBack(List<NumberRange> splits, int subtaskId) {
        pending.addAll(splits);
    }

    @Override
    public void addReader(int subtaskId) {
        // Readers ask.
    }

    @Override
    public List<NumberRange> snapshotState(long checkpointId) {
        return new ArrayList<>(pending);
    }

    @Override
    public void close() {
        pending.clear();
    }
}

package io.millrace.deploy.benchmarks.millrace;

import io.millrace.api.source.InputStatus;
import io.millrace.api.source.ReaderOutput;
import io.millrace.api.source.SourceReader;
import io.millrace.deploy.benchmarks.workloads.FeedCursor;
import io.millrace.deploy.benchmarks.workloads.FeedFactory;
import io.millrace.deploy.benchmarks.workloads.JobOptions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Emits one record per call, when it is due. */
final class FeedReader<T> implements SourceReader<T, FeedSplit> {

    private final JobOptions options;
    private final FeedFactory<T> feeds;
    private final CompletableFuture<Void> assigned = new CompletableFuture<>();
    private @Nullable FeedCursor<T> cursor;
    private List<FeedSplit> splits = List.of();

    FeedReader(JobOptions options, FeedFactory<T> feeds) {
        this.options = options;
        this.feeds = feeds;
    }

    @Override
    public void start() {
        // The split comes unasked.
    }

    @Override
    public InputStatus pollNext(ReaderOutput<T> output) {
        FeedCursor<T> feed = cursor;
        if (feed == null) {
            return InputStatus.NOTHING_AVAILABLE;
        }
        if (feed.isExhausted()) {
            return InputStatus.END_OF_INPUT;
        }
        if (!feed.isDue()) {
            return InputStatus.NOTHING_AVAILABLE;
        }
        output.collect(feed.take());
        return InputStatus.MORE_AVAILABLE;
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return cursor == null ? assigned : cursor.whenDue();
    }

    @Override
    public void addSplits(List<FeedSplit> added) {
        splits = added;
        FeedSplit split = added.get(0);
        cursor = new FeedCursor<>(feeds, options, split.index(), split.count());
        assigned.complete(null);
    }

    @Override
    public void notifyNoMoreSplits() {
        // There is one split, and it ends by itself.
    }

    @Override
    public List<FeedSplit> snapshotState(long checkpointId) {
        return splits;
    }

    @Override
    public void close() {
        if (cursor != null) {
            cursor.close();
        }
    }
}

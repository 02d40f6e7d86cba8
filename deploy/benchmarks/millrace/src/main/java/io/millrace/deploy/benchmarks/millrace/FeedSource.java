package io.millrace.deploy.benchmarks.millrace;

import io.millrace.api.source.Boundedness;
import io.millrace.api.source.SimpleVersionedSerializer;
import io.millrace.api.source.Source;
import io.millrace.api.source.SourceReader;
import io.millrace.api.source.SourceReaderContext;
import io.millrace.api.source.SplitEnumerator;
import io.millrace.api.source.SplitEnumeratorContext;
import io.millrace.deploy.benchmarks.workloads.FeedFactory;
import io.millrace.deploy.benchmarks.workloads.JobOptions;

/** Emits a feed, one split per subtask; the record's due time is stamped by the feed. */
public final class FeedSource<T> implements Source<T, FeedSplit, Integer> {

    private static final long serialVersionUID = 1;

    private final JobOptions options;
    private final FeedFactory<T> feeds;

    public FeedSource(JobOptions options, FeedFactory<T> feeds) {
        this.options = options;
        this.feeds = feeds;
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.CONTINUOUS_UNBOUNDED;
    }

    @Override
    public SourceReader<T, FeedSplit> createReader(SourceReaderContext context) {
        return new FeedReader<>(options, feeds);
    }

    @Override
    public SplitEnumerator<FeedSplit, Integer> createEnumerator(SplitEnumeratorContext<FeedSplit> context) {
        return new FeedEnumerator(context);
    }

    @Override
    public SplitEnumerator<FeedSplit, Integer> restoreEnumerator(
            SplitEnumeratorContext<FeedSplit> context, Integer nothing) {
        return new FeedEnumerator(context);
    }

    @Override
    public SimpleVersionedSerializer<FeedSplit> getSplitSerializer() {
        return new FeedSplit.Serializer();
    }

    @Override
    public SimpleVersionedSerializer<Integer> getEnumeratorCheckpointSerializer() {
        return new FeedEnumerator.Serializer();
    }
}

package io.millrace.api.source.lib;

import io.millrace.api.ApiErrors;
import io.millrace.api.source.Boundedness;
import io.millrace.api.source.SimpleVersionedSerializer;
import io.millrace.api.source.Source;
import io.millrace.api.source.SourceReader;
import io.millrace.api.source.SourceReaderContext;
import io.millrace.api.source.SplitEnumerator;
import io.millrace.api.source.SplitEnumeratorContext;
import io.millrace.common.core.error.Problem;
import java.util.List;

/**
 * The numbers from {@code from} to {@code to}, both included; in order within each of its splits, of which each reader
 * has one.
 */
public final class NumberSequenceSource implements Source<Long, RangeSplit, List<RangeSplit>> {
    private static final long serialVersionUID = 1L;

    private final long from;
    private final long size;

    public NumberSequenceSource(long from, long to) {
        if (from > to) {
            throw Problem.of(ApiErrors.BAD_ARGUMENT, "A sequence ends before its start: " + from + " to " + to)
                    .fix("Give fromSequence the smaller number first")
                    .asException();
        }
        this.from = from;
        this.size = to - from + 1;
        if (size <= 0) {
            throw Problem.of(ApiErrors.BAD_ARGUMENT, "A sequence has too many numbers: " + from + " to " + to)
                    .fix("Keep to at most " + Long.MAX_VALUE + " numbers")
                    .asException();
        }
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.BOUNDED;
    }

    @Override
    public SourceReader<Long, RangeSplit> createReader(SourceReaderContext readerContext) {
        return new Reader(readerContext, from);
    }

    @Override
    public SplitEnumerator<RangeSplit, List<RangeSplit>> createEnumerator(
            SplitEnumeratorContext<RangeSplit> enumContext) {
        return new RangeEnumerator(enumContext, RangeSplit.divide(size, enumContext.currentParallelism()));
    }

    @Override
    public SplitEnumerator<RangeSplit, List<RangeSplit>> restoreEnumerator(
            SplitEnumeratorContext<RangeSplit> enumContext, List<RangeSplit> checkpoint) {
        return new RangeEnumerator(enumContext, checkpoint);
    }

    @Override
    public SimpleVersionedSerializer<RangeSplit> getSplitSerializer() {
        return new RangeSplit.Serializer();
    }

    @Override
    public SimpleVersionedSerializer<List<RangeSplit>> getEnumeratorCheckpointSerializer() {
        return new RangeSplit.ListSerializer();
    }

    private static final class Reader extends RangeReader<Long> {
        private final long from;

        Reader(SourceReaderContext context, long from) {
            super(context);
            this.from = from;
        }

        @Override
        void seek(long index) {}

        @Override
        Long read(long index) {
            return from + index;
        }
    }
}

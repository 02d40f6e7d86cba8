package io.millrace.client.examples.loganalysis.sources;

import io.millrace.api.source.Boundedness;
import io.millrace.api.source.SimpleVersionedSerializer;
import io.millrace.api.source.Source;
import io.millrace.api.source.SourceReader;
import io.millrace.api.source.SourceReaderContext;
import io.millrace.api.source.SplitEnumerator;
import io.millrace.api.source.SplitEnumeratorContext;
import io.millrace.client.examples.loganalysis.traffic.TrafficSplit;
import java.util.ArrayList;
import java.util.List;

/**
 * Generated lines: the same ones whatever the parallelism, each reader making those of its lanes in their order. With a
 * rate, line {@code i} is due {@code i / rate} seconds after the start, so readers with more lanes go faster and event
 * time stays together.
 */
public final class TrafficSource implements Source<LogLine, TrafficPart, List<TrafficPart>> {
    private static final long serialVersionUID = 1L;

    /** A count that no run reaches. */
    public static final long UNBOUNDED = Long.MAX_VALUE;

    /** A rate that sets no limit. */
    public static final long UNLIMITED = 0;

    private final LineMaker maker;
    private final long count;
    private final long linesPerSecond;

    /**
     * @param count how many lines over all readers, or {@link #UNBOUNDED}
     * @param linesPerSecond over all readers, or {@link #UNLIMITED}
     */
    public TrafficSource(LineMaker maker, long count, long linesPerSecond) {
        if (count < 0 || linesPerSecond < 0) {
            throw new IllegalArgumentException(
                    "count and rate must not be negative, found " + count + " and " + linesPerSecond);
        }
        this.maker = maker;
        this.count = count;
        this.linesPerSecond = linesPerSecond;
    }

    @Override
    public Boundedness getBoundedness() {
        return count == UNBOUNDED ? Boundedness.CONTINUOUS_UNBOUNDED : Boundedness.BOUNDED;
    }

    @Override
    public SourceReader<LogLine, TrafficPart> createReader(SourceReaderContext readerContext) {
        return new TrafficReader(maker.open(), count, new Schedule(linesPerSecond), readerContext);
    }

    @Override
    public SplitEnumerator<TrafficPart, List<TrafficPart>> createEnumerator(
            SplitEnumeratorContext<TrafficPart> enumContext) {
        int splits = Math.min(enumContext.currentParallelism(), maker.lanes());
        List<TrafficPart> parts = new ArrayList<>();
        for (int split = 0; split < splits; split++) {
            parts.add(new TrafficPart(new TrafficSplit(maker.lanes(), split, splits), 0));
        }
        return new TrafficEnumerator(enumContext, parts);
    }

    @Override
    public SplitEnumerator<TrafficPart, List<TrafficPart>> restoreEnumerator(
            SplitEnumeratorContext<TrafficPart> enumContext, List<TrafficPart> checkpoint) {
        return new TrafficEnumerator(enumContext, checkpoint);
    }

    @Override
    public SimpleVersionedSerializer<TrafficPart> getSplitSerializer() {
        return new TrafficPartsSerializer.OfOne();
    }

    @Override
    public SimpleVersionedSerializer<List<TrafficPart>> getEnumeratorCheckpointSerializer() {
        return new TrafficPartsSerializer();
    }
}

package io.millrace.client.connectors.generator;

import io.millrace.api.source.Boundedness;
import io.millrace.api.source.RateLimitedSource;
import io.millrace.api.source.SimpleVersionedSerializer;
import io.millrace.api.source.Source;
import io.millrace.api.source.SourceReader;
import io.millrace.api.source.SourceReaderContext;
import io.millrace.api.source.SplitEnumerator;
import io.millrace.api.source.SplitEnumeratorContext;
import io.millrace.api.types.TypeInformation;
import java.util.ArrayList;
import java.util.List;

/**
 * The elements that a function makes of the numbers from 0 up to a count. The numbers are cut into one range per
 * subtask, each generated in order; the same number gives the same element if the function depends on nothing else. A
 * count of {@code Long.MAX_VALUE} is as good as endless.
 */
public final class DataGeneratorSource<O> implements Source<O, NumberRange, List<NumberRange>> {
    private static final long serialVersionUID = 1L;

    private final GeneratorFunction<Long, O> function;
    private final long count;
    private final RateLimiterStrategy rate;
    private final TypeInformation<O> type;

    public DataGeneratorSource(GeneratorFunction<Long, O> function, long count, TypeInformation<O> type) {
        this(function, count, RateLimiterStrategy.noOp(), type);
    }

    /**
     * @param count how many elements, not negative
     * @param rate how fast, over all subtasks together
     */
    public DataGeneratorSource(
            GeneratorFunction<Long, O> function, long count, RateLimiterStrategy rate, TypeInformation<O> type) {
        if (count < 0) {
            throw new IllegalArgumentException("A count is not negative, found " + count);
        }
        this.function = function;
        this.count = count;
        this.rate = rate;
        this.type = type;
    }

    public TypeInformation<O> getProducedType() {
        return type;
    }

    @Override
    public Boundedness getBoundedness() {
        return count == Long.MAX_VALUE ? Boundedness.CONTINUOUS_UNBOUNDED : Boundedness.BOUNDED;
    }

    @Override
    public SourceReader<O, NumberRange> createReader(SourceReaderContext readerContext) throws Exception {
        if (rate.elementsPerSecond() == 0) {
            return new GeneratorReader<>(function, readerContext);
        }
        DataGeneratorSource<O> unlimited = new DataGeneratorSource<>(function, count, type);
        return RateLimitedSource.of(unlimited, rate.elementsPerSecond()).createReader(readerContext);
    }

    @Override
    public SplitEnumerator<NumberRange, List<NumberRange>> createEnumerator(
            SplitEnumeratorContext<NumberRange> enumContext) {
        return restoreEnumerator(enumContext, split(count, enumContext.currentParallelism()));
    }

    private static List<NumberRange> split(long count, int parts) {
        List<NumberRange> ranges = new ArrayList<>(parts);
        long start = 0;
        for (int part = 0; part < parts; part++) {
            long end = start + count / parts + (part < count % parts ? 1 : 0);
            ranges.add(new NumberRange(part, start, end));
            start = end;
        }
        return ranges;
    }

    @Override
    public SplitEnumerator<NumberRange, List<NumberRange>> restoreEnumerator(
            SplitEnumeratorContext<NumberRange> enumContext, List<NumberRange> checkpoint) {
        return new RangeEnumerator(enumContext, checkpoint);
    }

    @Override
    public SimpleVersionedSerializer<NumberRange> getSplitSerializer() {
        return new NumberRangeSerializer();
    }

    @Override
    public SimpleVersionedSerializer<List<NumberRange>> getEnumeratorCheckpointSerializer() {
        return new NumberRangesSerializer();
    }
}

package io.millrace.api.eventtime;

import io.millrace.api.ApiErrors;
import io.millrace.common.core.error.Problem;
import java.time.Duration;

/**
 * How elements get timestamps and streams get watermarks. At a source there is one generator per split, in mid-stream
 * one per subtask. Immutable: the {@code with} methods give a new strategy.
 */
public interface WatermarkStrategy<T> extends TimestampAssignerSupplier<T>, WatermarkGeneratorSupplier<T> {

    /** Unless a strategy says otherwise, elements keep the timestamps they have, such as those given by the source. */
    @Override
    default TimestampAssigner<T> createTimestampAssigner(TimestampAssignerSupplier.Context context) {
        return new RecordTimestampAssigner<>();
    }

    /** This strategy with another assigner of timestamps. */
    default WatermarkStrategy<T> withTimestampAssigner(TimestampAssignerSupplier<T> assigner) {
        return new AssigningStrategy<>(this, assigner);
    }

    /** This strategy with timestamps from a function of the element and of the timestamp it has so far. */
    default WatermarkStrategy<T> withTimestampAssigner(SerializableTimestampAssigner<T> assigner) {
        return new AssigningStrategy<>(this, TimestampAssignerSupplier.of(assigner));
    }

    /**
     * This strategy, with a split (or subtask) counted as idle when it had no element for {@code timeout}: until its
     * next element it does not hold back the watermark of the others. Time during which the input was blocked does not
     * count.
     */
    default WatermarkStrategy<T> withIdleness(Duration timeout) {
        if (timeout.isZero() || timeout.isNegative()) {
            throw Problem.of(ApiErrors.BAD_ARGUMENT, "The idle timeout must be positive, found " + timeout)
                    .fix("Give withIdleness a positive duration, or leave it out")
                    .asException();
        }
        return new IdlenessStrategy<>(this, timeout);
    }

    /**
     * For elements whose timestamps never go down within a split: each element may advance the watermark to just before
     * it.
     */
    static <T> WatermarkStrategy<T> forMonotonousTimestamps() {
        return context -> new AscendingTimestampsWatermarks<>();
    }

    /** For elements that come at most {@code maxOutOfOrderness} (event time) after a younger one of their split. */
    static <T> WatermarkStrategy<T> forBoundedOutOfOrderness(Duration maxOutOfOrderness) {
        BoundedOutOfOrdernessWatermarks.checkBound(maxOutOfOrderness);
        return context -> new BoundedOutOfOrdernessWatermarks<>(maxOutOfOrderness);
    }

    /** With generators of the user's own. */
    static <T> WatermarkStrategy<T> forGenerator(WatermarkGeneratorSupplier<T> generatorSupplier) {
        return generatorSupplier::createWatermarkGenerator;
    }

    /** For streams that need no event time: no watermark before the end of a bounded input. */
    static <T> WatermarkStrategy<T> noWatermarks() {
        return context -> new NoWatermarksGenerator<>();
    }
}

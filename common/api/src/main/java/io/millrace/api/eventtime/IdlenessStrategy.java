package io.millrace.api.eventtime;

import java.time.Duration;

/** A strategy whose generators report idleness after {@code timeout} without an element. */
record IdlenessStrategy<T>(WatermarkStrategy<T> base, Duration timeout) implements WatermarkStrategy<T> {

    @Override
    public TimestampAssigner<T> createTimestampAssigner(TimestampAssignerSupplier.Context context) {
        return base.createTimestampAssigner(context);
    }

    @Override
    public WatermarkGenerator<T> createWatermarkGenerator(WatermarkGeneratorSupplier.Context context) {
        return new WatermarksWithIdleness<>(
                base.createWatermarkGenerator(context), timeout, context.getInputActivityClock());
    }
}

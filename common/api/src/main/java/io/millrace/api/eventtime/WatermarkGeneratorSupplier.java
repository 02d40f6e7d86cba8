package io.millrace.api.eventtime;

import java.io.Serializable;

/** Makes the generators of a {@link WatermarkStrategy}: one per split or subtask. */
@FunctionalInterface
public interface WatermarkGeneratorSupplier<T> extends Serializable {
    WatermarkGenerator<T> createWatermarkGenerator(Context context);

    /** What a generator is created with. */
    interface Context {
        /** Time that stands still while the input is blocked, for idleness. */
        RelativeClock getInputActivityClock();
    }
}

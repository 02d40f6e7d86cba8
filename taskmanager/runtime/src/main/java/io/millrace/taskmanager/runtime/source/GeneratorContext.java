package io.millrace.taskmanager.runtime.source;

import io.millrace.api.eventtime.RelativeClock;
import io.millrace.api.eventtime.WatermarkGeneratorSupplier;
import io.millrace.taskmanager.runtime.operator.TaskTime;

/** What a watermark generator is made with. */
record GeneratorContext(TaskTime time) implements WatermarkGeneratorSupplier.Context {

    @Override
    public RelativeClock getInputActivityClock() {
        return time.activityClock();
    }
}

package io.millrace.taskmanager.runtime.operator;

import io.millrace.api.functions.ProcessFunction;
import io.millrace.api.functions.TimerService;
import io.millrace.api.util.OutputTag;
import io.millrace.taskmanager.runtime.stream.Output;
import org.jspecify.annotations.Nullable;

/** What a process function sees of its element; one object for all elements. */
public final class ProcessContext extends ProcessFunction<@Nullable Object, @Nullable Object>.Context {
    private final UnkeyedTimerService timers;
    private final SideOutputs sides;
    private long timestamp = Output.NO_TIMESTAMP;

    public ProcessContext(
            ProcessFunction<@Nullable Object, @Nullable Object> function,
            UnkeyedTimerService timers,
            SideOutputs sides) {
        function.super();
        this.timers = timers;
        this.sides = sides;
    }

    void setTimestamp(long elementTimestamp) {
        timestamp = elementTimestamp;
    }

    void setWatermark(long watermark) {
        timers.setWatermark(watermark);
    }

    @Override
    public @Nullable Long timestamp() {
        return timestamp == Output.NO_TIMESTAMP ? null : (Long) timestamp;
    }

    @Override
    public TimerService timerService() {
        return timers;
    }

    @Override
    public <X> void output(OutputTag<X> tag, X value) {
        sides.emit(tag, value, timestamp);
    }
}

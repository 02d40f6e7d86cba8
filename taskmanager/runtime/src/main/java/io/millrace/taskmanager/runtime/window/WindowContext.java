package io.millrace.taskmanager.runtime.window;

import io.millrace.api.functions.ProcessWindowFunction;
import io.millrace.api.util.OutputTag;
import io.millrace.api.windowing.TimeWindow;
import io.millrace.taskmanager.runtime.operator.SideOutputs;
import io.millrace.taskmanager.runtime.operator.TaskTime;

/** What an evaluation sees of its window; one object for all of them. */
final class WindowContext extends ProcessWindowFunction<Object, Object, Object, TimeWindow>.Context {
    private final TaskTime time;
    private final SideOutputs sides;
    private TimeWindow window = new TimeWindow(0, 0);
    private long watermark = Long.MIN_VALUE;

    WindowContext(
            ProcessWindowFunction<Object, Object, Object, TimeWindow> function, TaskTime time, SideOutputs sides) {
        function.super();
        this.time = time;
        this.sides = sides;
    }

    void setWindow(TimeWindow newWindow) {
        window = newWindow;
    }

    void setWatermark(long newWatermark) {
        watermark = newWatermark;
    }

    @Override
    public TimeWindow window() {
        return window;
    }

    @Override
    public long currentProcessingTime() {
        return time.currentProcessingTime();
    }

    @Override
    public long currentWatermark() {
        return watermark;
    }

    @Override
    public <X> void output(OutputTag<X> tag, X value) {
        sides.emit(tag, value, window.maxTimestamp());
    }
}

package io.millrace.taskmanager.runtime.operator;

import io.millrace.api.functions.TimerService;
import io.millrace.common.core.error.MillraceException;
import io.millrace.taskmanager.runtime.stream.OperatorScope;
import io.millrace.taskmanager.runtime.stream.RuntimeErrors;

/** The clocks of a function on a stream that is not keyed; it has no timers. */
public final class UnkeyedTimerService implements TimerService {
    private final OperatorScope scope;
    private final TaskTime time;
    private long watermark = Long.MIN_VALUE;

    public UnkeyedTimerService(OperatorScope scope, TaskTime time) {
        this.scope = scope;
        this.time = time;
    }

    void setWatermark(long newWatermark) {
        watermark = newWatermark;
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
    public void registerProcessingTimeTimer(long timerTime) {
        throw withoutKey();
    }

    @Override
    public void registerEventTimeTimer(long timerTime) {
        throw withoutKey();
    }

    @Override
    public void deleteProcessingTimeTimer(long timerTime) {
        throw withoutKey();
    }

    @Override
    public void deleteEventTimeTimer(long timerTime) {
        throw withoutKey();
    }

    private MillraceException withoutKey() {
        return scope.failed(scope.problem(RuntimeErrors.TIMER_WITHOUT_KEY, "Timers need a keyed stream")
                .because("operator '" + scope.name() + "' processes a stream that is not keyed")
                .fix("Call keyBy(...) before process(...) and use a KeyedProcessFunction"));
    }
}

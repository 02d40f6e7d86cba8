package io.millrace.taskmanager.runtime.operator;

import io.millrace.api.functions.KeyedProcessFunction;
import io.millrace.api.functions.TimeDomain;
import io.millrace.api.functions.TimerService;
import io.millrace.api.util.OutputTag;
import io.millrace.taskmanager.runtime.stream.Output;
import io.millrace.taskmanager.state.KeyedStateBackend;
import org.jspecify.annotations.Nullable;

/** What a keyed process function sees of its element or timer; one object for all of them. */
final class KeyedProcessContext extends KeyedProcessFunction<Object, Object, @Nullable Object>.OnTimerContext {
    private final KeyedStateBackend<Object> state;
    private final TimerService timers;
    private final SideOutputs sides;
    private long timestamp = Output.NO_TIMESTAMP;
    private TimeDomain domain = TimeDomain.EVENT_TIME;

    KeyedProcessContext(
            KeyedProcessFunction<Object, Object, @Nullable Object> function,
            KeyedStateBackend<Object> state,
            TimerService timers,
            SideOutputs sides) {
        function.super();
        this.state = state;
        this.timers = timers;
        this.sides = sides;
    }

    void setTimestamp(long newTimestamp) {
        timestamp = newTimestamp;
    }

    void setDomain(TimeDomain newDomain) {
        domain = newDomain;
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

    @Override
    public Object getCurrentKey() {
        return state.currentKey();
    }

    @Override
    public TimeDomain timeDomain() {
        return domain;
    }
}

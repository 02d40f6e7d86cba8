package io.millrace.deploy.local.jobs;

import io.millrace.api.functions.KeyedProcessFunction;
import io.millrace.api.functions.OpenContext;
import io.millrace.api.functions.TimeDomain;
import io.millrace.api.functions.TimerService;
import io.millrace.api.state.MapState;
import io.millrace.api.state.MapStateDescriptor;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.util.Collector;
import java.io.IOException;

/** Keeps what it saw last in state and has a timer of both kinds pending most of the time. */
final class Tally extends KeyedProcessFunction<String, Reading, Reading> {
    private static final long serialVersionUID = 1L;
    private static final long AHEAD_MILLIS = 10;

    private final Conduct conduct;
    private transient ValueState<Reading> last;
    private transient MapState<Long, Reading> recent;

    Tally(Conduct conduct) {
        this.conduct = conduct;
    }

    @Override
    public void open(OpenContext context) throws Exception {
        last = getRuntimeContext().getState(new ValueStateDescriptor<>("last", Reading.class));
        recent = getRuntimeContext().getMapState(new MapStateDescriptor<>("recent", Long.class, Reading.class));
        conduct.at(Conduct.FAILS_IN_OPEN);
    }

    @Override
    public void processElement(Reading value, Context ctx, Collector<Reading> out) throws Exception {
        conduct.at(Conduct.FAILS_IN_PROCESS);
        TimerService timers = ctx.timerService();
        timers.registerEventTimeTimer(value.atMillis() + AHEAD_MILLIS * 97);
        timers.registerProcessingTimeTimer(timers.currentProcessingTime() + AHEAD_MILLIS);
        last.update(value);
        recent.put(value.number() % 7, value);
        out.collect(value);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext ctx, Collector<Reading> out) throws IOException {
        if (ctx.timeDomain() == TimeDomain.PROCESSING_TIME) {
            conduct.at(Conduct.FAILS_IN_PROCESSING_TIMER);
            return;
        }
        conduct.at(Conduct.FAILS_IN_EVENT_TIMER);
        Reading seen = last.value();
        if (seen != null) {
            out.collect(seen);
        }
    }
}

package io.millrace.deploy.benchmarks.millrace;

import io.millrace.api.functions.KeyedProcessFunction;
import io.millrace.api.functions.OpenContext;
import io.millrace.api.state.MapState;
import io.millrace.api.state.MapStateDescriptor;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.types.TypeInformation;
import io.millrace.api.types.Types;
import io.millrace.api.util.Collector;
import io.millrace.api.util.OutputTag;
import io.millrace.deploy.benchmarks.workloads.JobOptions;
import io.millrace.deploy.benchmarks.workloads.LogEvent;
import io.millrace.deploy.benchmarks.workloads.Probe;
import io.millrace.deploy.benchmarks.workloads.UserActivity;
import java.util.ArrayList;
import java.util.List;

/** Keeps the events of a user until event time has passed them and then applies them in order. */
public final class LogRules extends KeyedProcessFunction<String, LogEvent, String> {

    /** Users of events that came after the watermark. */
    public static final OutputTag<String> LATE = new OutputTag<>("late", Types.STRING);

    private static final long serialVersionUID = 1;

    private final JobOptions options;
    private transient MapState<Long, List<LogEvent>> pending;
    private transient ValueState<UserActivity> activity;
    private transient Probe processed;

    public LogRules(JobOptions options) {
        this.options = options;
    }

    @Override
    public void open(OpenContext context) {
        pending = getRuntimeContext()
                .getMapState(new MapStateDescriptor<>(
                        "pending", Types.LONG, Types.LIST(TypeInformation.of(LogEvent.class))));
        activity = getRuntimeContext()
                .getState(new ValueStateDescriptor<>("activity", TypeInformation.of(UserActivity.class)));
        processed = new Probe(
                options, Probe.EVENTS, getRuntimeContext().getTaskInfo().getIndexOfThisSubtask());
    }

    @Override
    public void processElement(LogEvent event, Context context, Collector<String> out) throws Exception {
        long time = event.eventMillis();
        if (time <= context.timerService().currentWatermark()) {
            context.output(LATE, event.userId);
            return;
        }
        List<LogEvent> sameTime = pending.get(time);
        if (sameTime == null) {
            sameTime = new ArrayList<>(1);
        }
        sameTime.add(event);
        pending.put(time, sameTime);
        context.timerService().registerEventTimeTimer(time);
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<String> out) throws Exception {
        UserActivity user = activity.value();
        if (user == null) {
            user = new UserActivity();
        }
        if (user.windowMaxMillis() == time) {
            user.closeWindow(context.getCurrentKey(), out::collect);
        }
        List<LogEvent> sameTime = pending.get(time);
        if (sameTime != null) {
            long openWindow = user.windowEnd;
            for (LogEvent event : sameTime) {
                user.apply(event, out::collect);
                processed.count(0);
            }
            pending.remove(time);
            if (user.windowEnd != openWindow) {
                context.timerService().registerEventTimeTimer(user.windowMaxMillis());
            }
        }
        activity.update(user);
    }

    @Override
    public void close() {
        if (processed != null) {
            processed.close();
        }
    }
}

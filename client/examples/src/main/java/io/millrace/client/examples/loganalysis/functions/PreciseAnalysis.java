package io.millrace.client.examples.loganalysis.functions;

import io.millrace.api.functions.KeyedProcessFunction;
import io.millrace.api.functions.OpenContext;
import io.millrace.api.state.MapState;
import io.millrace.api.state.MapStateDescriptor;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.types.TypeHint;
import io.millrace.api.types.TypeInformation;
import io.millrace.api.util.Collector;
import io.millrace.api.util.OutputTag;
import io.millrace.client.examples.loganalysis.event.LogEvent;
import io.millrace.client.examples.loganalysis.output.OutputLine;
import io.millrace.client.examples.loganalysis.rules.FailedLoginRule;
import io.millrace.client.examples.loganalysis.rules.InactivityRule;
import io.millrace.client.examples.loganalysis.rules.MinuteMetrics;
import io.millrace.client.examples.loganalysis.rules.UserState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The precise rules per user. Alerts are the main output, metrics go to {@link #METRICS}, both as JSON.
 *
 * <p>Events wait in state until the watermark has passed them and are then processed second by second, those of one
 * second in order of arrival. Two kinds of timers do it and are told apart by their time: one at the full second of an
 * event, one in the last millisecond of a minute with events, which comes after all events of that minute.
 */
public final class PreciseAnalysis extends KeyedProcessFunction<String, LogEvent, String> {
    private static final long serialVersionUID = 1L;

    /** Metrics of users per minute as JSON. */
    public static final OutputTag<String> METRICS = new OutputTag<>("metrics", TypeInformation.of(String.class));

    private static final long SECOND_MS = 1000;

    private transient MapState<Long, List<LogEvent>> waiting;
    private transient ValueState<UserState> users;

    @Override
    public void open(OpenContext openContext) {
        waiting = getRuntimeContext()
                .getMapState(new MapStateDescriptor<>(
                        "waiting",
                        TypeInformation.of(Long.class),
                        TypeInformation.of(new TypeHint<List<LogEvent>>() {})));
        users = getRuntimeContext().getState(new ValueStateDescriptor<>("user", UserState.class));
    }

    @Override
    public void processElement(LogEvent event, Context ctx, Collector<String> out) {
        List<LogEvent> sameSecond = waiting.get(event.timestamp());
        if (sameSecond == null) {
            sameSecond = new ArrayList<>(1);
            ctx.timerService().registerEventTimeTimer(event.timestampMs());
        }
        sameSecond.add(event);
        waiting.put(event.timestamp(), sameSecond);
    }

    @Override
    public void onTimer(long time, OnTimerContext ctx, Collector<String> out) {
        UserState user = users.value();
        if (user == null) {
            user = new UserState();
        }
        if (time % SECOND_MS == 0) {
            processSecond(time / SECOND_MS, user, ctx, out);
        } else {
            ctx.output(METRICS, MinuteMetrics.close(ctx.getCurrentKey(), user).toJson());
        }
        users.update(user);
    }

    private void processSecond(long second, UserState user, OnTimerContext ctx, Collector<String> out) {
        List<LogEvent> events = waiting.get(second);
        if (events == null) {
            throw new IllegalStateException("no event waits for the timer at second " + second);
        }
        waiting.remove(second);
        if (!user.windowIsOpen()) {
            long windowEnd = MinuteMetrics.windowStart(second) + MinuteMetrics.WINDOW_SECONDS;
            ctx.timerService().registerEventTimeTimer(windowEnd * SECOND_MS - 1);
        }
        for (LogEvent event : events) {
            emit(FailedLoginRule.apply(event, user), out);
            emit(InactivityRule.apply(event, user), out);
            MinuteMetrics.count(event, user);
        }
    }

    private static void emit(@Nullable OutputLine line, Collector<String> out) {
        if (line != null) {
            out.collect(line.toJson());
        }
    }
}

package io.millrace.client.examples.loganalysis.functions;

import io.millrace.api.functions.KeyedProcessFunction;
import io.millrace.api.functions.OpenContext;
import io.millrace.api.state.MapState;
import io.millrace.api.state.MapStateDescriptor;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.util.Collector;
import io.millrace.client.examples.loganalysis.event.LogEvent;
import io.millrace.client.examples.loganalysis.output.RunningMetrics;
import io.millrace.client.examples.loganalysis.rules.TutorialMetrics;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tutorial's metrics with the tutorial's states: totals of a user as JSON, in order of arrival. */
public final class UserMetricsCalculator extends KeyedProcessFunction<String, LogEvent, String> {
    private static final long serialVersionUID = 1L;

    private transient Values values;

    @Override
    public void open(OpenContext openContext) {
        values = new Values(
                getRuntimeContext().getMapState(new MapStateDescriptor<>("action_counts", String.class, Long.class)),
                getRuntimeContext().getState(new ValueStateDescriptor<>("session_duration", Long.class)),
                getRuntimeContext().getState(new ValueStateDescriptor<>("last_action_time", Long.class)));
    }

    @Override
    public void processElement(LogEvent event, Context ctx, Collector<String> out) {
        RunningMetrics metrics = TutorialMetrics.apply(event, values);
        if (metrics != null) {
            out.collect(metrics.toJson());
        }
    }

    private record Values(MapState<String, Long> actions, ValueState<Long> duration, ValueState<Long> lastAction)
            implements TutorialMetrics.State {

        @Override
        public @Nullable Long count(String action) {
            return actions.get(action);
        }

        @Override
        public void setCount(String action, Long count) {
            actions.put(action, count);
        }

        @Override
        public Map<String, Long> counts() {
            Map<String, Long> counts = new HashMap<>();
            for (Map.Entry<String, Long> entry : actions.entries()) {
                counts.put(entry.getKey(), entry.getValue());
            }
            return counts;
        }

        @Override
        public @Nullable Long sessionDuration() {
            return duration.value();
        }

        @Override
        public void setSessionDuration(Long seconds) {
            duration.update(seconds);
        }

        @Override
        public @Nullable Long lastActionTime() {
            return lastAction.value();
        }

        @Override
        public void setLastActionTime(Long timestamp) {
            lastAction.update(timestamp);
        }
    }
}

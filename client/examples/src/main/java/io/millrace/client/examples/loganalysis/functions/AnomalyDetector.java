package io.millrace.client.examples.loganalysis.functions;

import io.millrace.api.functions.KeyedProcessFunction;
import io.millrace.api.functions.OpenContext;
import io.millrace.api.state.ListState;
import io.millrace.api.state.ListStateDescriptor;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.util.Collector;
import io.millrace.client.examples.loganalysis.event.LogEvent;
import io.millrace.client.examples.loganalysis.output.OutputLine;
import io.millrace.client.examples.loganalysis.rules.TutorialDetector;
import org.jspecify.annotations.Nullable;

/** The tutorial's detector with the tutorial's states: alerts as JSON, in order of arrival. */
public final class AnomalyDetector extends KeyedProcessFunction<String, LogEvent, String> {
    private static final long serialVersionUID = 1L;

    private transient Values values;

    @Override
    public void open(OpenContext openContext) {
        values = new Values(
                getRuntimeContext().getState(new ValueStateDescriptor<>("failed_logins", Integer.class)),
                getRuntimeContext().getState(new ValueStateDescriptor<>("last_login", Long.class)),
                getRuntimeContext().getListState(new ListStateDescriptor<>("suspicious", String.class)));
    }

    @Override
    public void processElement(LogEvent event, Context ctx, Collector<String> out) {
        OutputLine alert = TutorialDetector.apply(event, values);
        if (alert != null) {
            out.collect(alert.toJson());
        }
    }

    /** @param suspicious declared by the tutorial and never written */
    private record Values(ValueState<Integer> failures, ValueState<Long> login, ListState<String> suspicious)
            implements TutorialDetector.State {

        @Override
        public @Nullable Integer failedLogins() {
            return failures.value();
        }

        @Override
        public void setFailedLogins(@Nullable Integer count) {
            failures.update(count);
        }

        @Override
        public @Nullable Long lastLogin() {
            return login.value();
        }

        @Override
        public void setLastLogin(Long timestamp) {
            login.update(timestamp);
        }
    }
}

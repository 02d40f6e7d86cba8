package io.millrace.client.examples.loganalysis.rules;

import io.millrace.client.examples.loganalysis.event.Actions;
import io.millrace.client.examples.loganalysis.event.LogEvent;
import io.millrace.client.examples.loganalysis.output.SecurityAlert;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Five failed logins of a user within five minutes. Wants the events of a user in order of time. */
public final class FailedLoginRule {
    /** Failures exactly this far apart still belong together. */
    public static final long SPAN_SECONDS = 300;

    public static final int LIMIT = 5;

    private FailedLoginRule() {}

    /** Takes the user's next event into account and returns the alert it causes, if any. */
    public static @Nullable SecurityAlert apply(LogEvent event, UserState state) {
        return switch (event.action()) {
            case Actions.LOGIN_FAILED -> failed(event, state);
            case Actions.LOGIN_SUCCESS -> {
                state.failures = List.of();
                yield null;
            }
            default -> null;
        };
    }

    private static @Nullable SecurityAlert failed(LogEvent event, UserState state) {
        long now = event.timestamp();
        List<Long> failures = new ArrayList<>(LIMIT);
        for (long failure : state.failures) {
            if (now - failure <= SPAN_SECONDS) {
                failures.add(failure);
            }
        }
        failures.add(now);
        boolean alert = failures.size() >= LIMIT;
        state.failures = alert ? List.of() : failures;
        return alert ? new SecurityAlert(event.userId(), now, failures.get(0), failures.size()) : null;
    }
}

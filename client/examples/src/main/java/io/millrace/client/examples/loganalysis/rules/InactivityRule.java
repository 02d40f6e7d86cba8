package io.millrace.client.examples.loganalysis.rules;

import io.millrace.client.examples.loganalysis.event.Actions;
import io.millrace.client.examples.loganalysis.event.LogEvent;
import io.millrace.client.examples.loganalysis.output.AnomalyAlert;
import org.jspecify.annotations.Nullable;

/** Content touched more than a day after the user's last login. Wants the events of a user in order of time. */
public final class InactivityRule {
    /** Exactly this long after a login is still fine. */
    public static final long LIMIT_SECONDS = 86_400;

    private InactivityRule() {}

    /** Takes the user's next event into account and returns the alert it causes, if any. */
    public static @Nullable AnomalyAlert apply(LogEvent event, UserState state) {
        String action = event.action();
        if (action.equals(Actions.LOGIN) || action.equals(Actions.LOGIN_SUCCESS)) {
            state.loggedInBefore = true;
            state.lastLogin = event.timestamp();
            return null;
        }
        boolean alert = state.loggedInBefore
                && event.timestamp() - state.lastLogin > LIMIT_SECONDS
                && Actions.touchesContent(action);
        return alert ? new AnomalyAlert(event.userId(), event.timestamp(), action, state.lastLogin) : null;
    }
}

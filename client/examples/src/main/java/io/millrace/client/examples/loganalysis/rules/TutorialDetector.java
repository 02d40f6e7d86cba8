package io.millrace.client.examples.loganalysis.rules;

import io.millrace.client.examples.loganalysis.event.Actions;
import io.millrace.client.examples.loganalysis.event.LogEvent;
import io.millrace.client.examples.loganalysis.output.AnomalyAlert;
import io.millrace.client.examples.loganalysis.output.CountedSecurityAlert;
import io.millrace.client.examples.loganalysis.output.OutputLine;
import org.jspecify.annotations.Nullable;

/**
 * The tutorial's detector of anomalies: takes events as they come and counts failed logins whenever they were. A last
 * login at second 0 is a login.
 */
public final class TutorialDetector {
    private static final int LIMIT = 5;

    /** The two values the detector keeps per user; null is "none". */
    public interface State {
        @Nullable
        Integer failedLogins();

        void setFailedLogins(@Nullable Integer count);

        @Nullable
        Long lastLogin();

        void setLastLogin(Long timestamp);
    }

    private TutorialDetector() {}

    /** Takes the user's next event into account and returns the alert it causes, if any. */
    public static @Nullable OutputLine apply(LogEvent event, State state) {
        long now = event.timestamp();
        String action = event.action();
        if (action.equals(Actions.LOGIN_FAILED)) {
            Integer before = state.failedLogins();
            int failures = before == null ? 1 : before + 1;
            boolean alert = failures >= LIMIT;
            state.setFailedLogins(alert ? null : Integer.valueOf(failures));
            return alert ? new CountedSecurityAlert(event.userId(), now, failures) : null;
        }
        if (action.equals(Actions.LOGIN_SUCCESS)) {
            state.setFailedLogins(null);
            state.setLastLogin(now);
            return null;
        }
        if (Actions.touchesContent(action)) {
            Long lastLogin = state.lastLogin();
            boolean alert = lastLogin != null && now - lastLogin > InactivityRule.LIMIT_SECONDS;
            return alert ? new AnomalyAlert(event.userId(), now, action, lastLogin) : null;
        }
        return null;
    }
}

package io.millrace.deploy.benchmarks.workloads;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What the rules remember of one user, and the rules: failed-login alerts, alerts for activity long after the last
 * login, and metrics per minute. Events arrive in event-time order. All fields are public so that an engine can keep
 * the object as state.
 */
public class UserActivity {

    /** No time; a stored time of zero is a time. */
    public static final long NEVER = Long.MIN_VALUE;

    private static final long WINDOW_SECONDS = 60;
    private static final long FAILURE_SECONDS = 300;
    private static final int FAILURES_TO_ALERT = 5;
    private static final long INACTIVE_SECONDS = 86_400;
    private static final long PAUSE_SECONDS = 1_800;

    public List<Long> failures = new ArrayList<>();
    public long lastLogin = NEVER;
    public long lastEvent = NEVER;
    public long sessionDuration;
    public long activeDuration;
    /** End of the open one-minute window in seconds, {@link #NEVER} when none is open. */
    public long windowEnd = NEVER;

    public long events;
    public Map<String, Long> actionCounts = new TreeMap<>();

    public UserActivity() {}

    /** Applies one event; alerts go to {@code out} as JSON lines. */
    public void apply(LogEvent event, Consumer<String> out) {
        long now = event.timestamp;
        switch (event.action) {
            case "login_failed" -> addFailure(event, out);
            case "login_success" -> {
                failures.clear();
                lastLogin = now;
            }
            case "login" -> lastLogin = now;
            case "view", "purchase", "download" -> checkInactivity(event, out);
            default -> {}
        }
        count(event);
    }

    /** The last millisecond of the open window, when its metrics are due. */
    public long windowMaxMillis() {
        return windowEnd * 1000 - 1;
    }

    /** Emits the metrics of the open window and closes it. */
    public void closeWindow(String user, Consumer<String> out) {
        StringBuilder line = new StringBuilder(200)
                .append("{\"type\":\"user_metrics\",\"user_id\":\"")
                .append(user)
                .append("\",\"window_start\":")
                .append(windowEnd - WINDOW_SECONDS)
                .append(",\"window_end\":")
                .append(windowEnd)
                .append(",\"events\":")
                .append(events)
                .append(",\"action_counts\":{");
        String separator = "\"";
        for (Map.Entry<String, Long> entry : actionCounts.entrySet()) {
            line.append(separator).append(entry.getKey()).append("\":").append(entry.getValue());
            separator = ",\"";
        }
        line.append("},\"session_duration\":")
                .append(sessionDuration)
                .append(",\"active_duration\":")
                .append(activeDuration)
                .append('}');
        windowEnd = NEVER;
        events = 0;
        actionCounts.clear();
        out.accept(line.toString());
    }

    private void addFailure(LogEvent event, Consumer<String> out) {
        long now = event.timestamp;
        failures.removeIf(time -> now - time > FAILURE_SECONDS);
        failures.add(now);
        if (failures.size() >= FAILURES_TO_ALERT) {
            out.accept("{\"type\":\"security_alert\",\"user_id\":\"" + event.userId + "\",\"timestamp\":" + now
                    + ",\"first\":" + failures.get(0) + ",\"failures\":" + failures.size()
                    + ",\"message\":\"Multiple failed login attempts: " + failures.size() + "\"}");
            failures.clear();
        }
    }

    private void checkInactivity(LogEvent event, Consumer<String> out) {
        long inactive = lastLogin == NEVER ? 0 : event.timestamp - lastLogin;
        if (inactive > INACTIVE_SECONDS) {
            out.accept("{\"type\":\"anomaly_alert\",\"user_id\":\"" + event.userId + "\",\"timestamp\":"
                    + event.timestamp + ",\"action\":\"" + event.action + "\",\"last_login\":" + lastLogin
                    + ",\"inactive_seconds\":" + inactive + ",\"message\":\"Activity after long inactivity: "
                    + event.action + "\"}");
        }
    }

    private void count(LogEvent event) {
        long gap = lastEvent == NEVER ? 0 : event.timestamp - lastEvent;
        lastEvent = event.timestamp;
        sessionDuration += gap;
        activeDuration += gap > PAUSE_SECONDS ? 0 : gap;
        windowEnd = event.timestamp - event.timestamp % WINDOW_SECONDS + WINDOW_SECONDS;
        events++;
        actionCounts.merge(event.action, 1L, Long::sum);
    }
}

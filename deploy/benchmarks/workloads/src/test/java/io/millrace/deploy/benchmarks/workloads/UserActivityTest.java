package io.millrace.deploy.benchmarks.workloads;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UserActivityTest {

    private final UserActivity user = new UserActivity();
    private final List<String> out = new ArrayList<>();

    @Test
    void fiveFailuresWithinExactly300SecondsAlert() {
        for (long time : List.of(0L, 10L, 20L, 30L, 300L)) {
            apply("login_failed", time);
        }
        assertThat(out)
                .containsExactly("{\"type\":\"security_alert\",\"user_id\":\"ada\",\"timestamp\":300,\"first\":0,"
                        + "\"failures\":5,\"message\":\"Multiple failed login attempts: 5\"}");
    }

    @Test
    void aFailureOlderThan300SecondsNoLongerCounts() {
        for (long time : List.of(0L, 10L, 20L, 30L, 301L)) {
            apply("login_failed", time);
        }
        assertThat(out).isEmpty();
    }

    @Test
    void onlyASuccessfulLoginWithCredentialsClearsTheFailures() {
        for (long time : List.of(0L, 1L, 2L, 3L)) {
            apply("login_failed", time);
        }
        apply("login", 4);
        apply("login_failed", 5);
        assertThat(out).hasSize(1);

        for (long time : List.of(10L, 11L, 12L, 13L)) {
            apply("login_failed", time);
        }
        apply("login_success", 14);
        apply("login_failed", 15);
        assertThat(out).hasSize(1);
    }

    @Test
    void activityOneSecondMoreThanADayAfterTheLoginIsAnAnomaly() {
        apply("login", 0);
        apply("view", 86_400);
        assertThat(out).isEmpty();
        apply("purchase", 86_401);
        assertThat(out)
                .containsExactly("{\"type\":\"anomaly_alert\",\"user_id\":\"ada\",\"timestamp\":86401,"
                        + "\"action\":\"purchase\",\"last_login\":0,\"inactive_seconds\":86401,"
                        + "\"message\":\"Activity after long inactivity: purchase\"}");
    }

    @Test
    void activityWithoutAnyLoginIsNoAnomaly() {
        apply("view", 0);
        apply("view", 1_000_000);
        assertThat(out).isEmpty();
    }

    @Test
    void metricsCountTheWindowButAddUpDurationsFromTheFirstEvent() {
        apply("view", 0);
        user.closeWindow("ada", out::add);
        apply("view", 1_800);
        apply("logout", 1_859);
        apply("view", 1_800 + 1_801);
        user.closeWindow("ada", out::add);
        assertThat(out.get(1))
                .isEqualTo("{\"type\":\"user_metrics\",\"user_id\":\"ada\",\"window_start\":3600,\"window_end\":3660,"
                        + "\"events\":3,\"action_counts\":{\"logout\":1,\"view\":2},"
                        + "\"session_duration\":3601,\"active_duration\":3601}");
    }

    @Test
    void aGapOfMoreThan1800SecondsIsNotActive() {
        apply("view", 0);
        apply("view", 1_801);
        user.closeWindow("ada", out::add);
        assertThat(out.get(0)).contains("\"session_duration\":1801,\"active_duration\":0");
    }

    @Test
    void theWindowEndsWithTheMinuteOfTheEvent() {
        apply("view", 59);
        assertThat(user.windowMaxMillis()).isEqualTo(59_999);
        apply("view", 60);
        assertThat(user.windowMaxMillis()).isEqualTo(119_999);
    }

    private void apply(String action, long timestamp) {
        LogEvent event = new LogEvent();
        event.userId = "ada";
        event.action = action;
        event.timestamp = timestamp;
        user.apply(event, out::add);
    }
}

package io.millrace.client.examples.loganalysis.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.client.examples.loganalysis.event.LogEvent;
import io.millrace.client.examples.loganalysis.options.RuleSet;
import io.millrace.client.examples.loganalysis.output.OutputLine;
import io.millrace.client.examples.loganalysis.reading.LogFormat;
import io.millrace.client.examples.loganalysis.reference.ReferenceModel;
import io.millrace.client.examples.loganalysis.reference.SourceText;
import io.millrace.client.examples.loganalysis.traffic.TutorialTraffic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class TutorialRulesTest {
    private static final long MINUTE = 1_700_000_040L;

    private final List<LogEvent> input = new ArrayList<>();

    @Test
    void theFifthFailureAlertsWheneverItComes() {
        for (int i = 0; i < 6; i++) {
            at(MINUTE + 1 + i * 100_000L, "login_failed");
        }
        assertThat(run())
                .containsExactly("{\"type\":\"security_alert\",\"user_id\":\"u\",\"timestamp\":1700400041,"
                        + "\"failures\":5,\"message\":\"Multiple failed login attempts: 5\"}");
    }

    @Test
    void aSuccessfulLoginResetsTheCountAndALoginDoesNot() {
        for (int i = 0; i < 4; i++) {
            at(MINUTE + 1, "login_failed");
        }
        at(MINUTE + 1, "login_success").at(MINUTE + 1, "login_failed");
        assertThat(run()).isEmpty();
        at(MINUTE + 1, "login_failed").at(MINUTE + 1, "login_failed").at(MINUTE + 1, "login_failed");
        at(MINUTE + 1, "login").at(MINUTE + 1, "login_failed");
        assertThat(run()).hasSize(1);
    }

    @Test
    void onlyASuccessfulLoginSetsTheLastLogin() {
        at(MINUTE + 1, "login").at(MINUTE + 90_001, "view");
        assertThat(run()).isEmpty();
        at(1, "login_success").at(86_401, "view").at(86_402, "view");
        assertThat(run())
                .containsExactly(
                        "{\"type\":\"anomaly_alert\",\"user_id\":\"u\",\"timestamp\":86402,\"action\":\"view\","
                                + "\"last_login\":1,\"inactive_seconds\":86401,"
                                + "\"message\":\"Activity after long inactivity: view\"}");
    }

    @Test
    void secondZeroIsATimeLikeAnyOther() {
        at(0, "login_success").at(86_460, "view");
        assertThat(run())
                .containsExactly(
                        metrics(0, 0, "{\"login_success\":1}"),
                        "{\"type\":\"anomaly_alert\",\"user_id\":\"u\",\"timestamp\":86460,\"action\":\"view\","
                                + "\"last_login\":0,\"inactive_seconds\":86460,"
                                + "\"message\":\"Activity after long inactivity: view\"}",
                        metrics(86_460, 86_460, "{\"login_success\":1,\"view\":1}"));
    }

    @Test
    void metricsComeOnFullMinutesAndGrowOverTheWholeStream() {
        at(MINUTE, "view").at(MINUTE + 59, "view").at(MINUTE + 60, "login").at(MINUTE, "view");
        assertThat(run())
                .containsExactly(
                        metrics(MINUTE, 0, "{\"view\":1}"),
                        metrics(MINUTE + 60, 60, "{\"login\":1,\"view\":2}"),
                        metrics(MINUTE, 0, "{\"login\":1,\"view\":3}"));
    }

    @Test
    void durationsFollowTheOrderOfArrivalAndMayBeNegative() {
        at(MINUTE + 1, "view").at(MINUTE - 60, "view");
        assertThat(run()).containsExactly(metrics(MINUTE - 60, -61, "{\"view\":2}"));
    }

    @Test
    void theTutorialsTrafficCausesAlertsButNoAnomaly() {
        TutorialTraffic traffic = new TutorialTraffic(7);
        for (int i = 0; i < 20_000; i++) {
            input.add(traffic.event(i, MINUTE + i * 10L));
        }
        assertThat(input).noneMatch(event -> event.action().equals("login_success"));
        List<String> lines = run();
        assertThat(lines).noneMatch(line -> line.contains("anomaly_alert"));
        long failures = input.stream()
                .filter(event -> event.action().equals("login_failed"))
                .count();
        long alerts =
                lines.stream().filter(line -> line.contains("security_alert")).count();
        assertThat(alerts).isBetween(failures / 5 - 5, failures / 5);
    }

    @Property(tries = 300)
    void anyStreamGivesWhatTheReferenceModelGives(@ForAll("streams") List<LogEvent> events) {
        input.clear();
        input.addAll(events);
        run();
    }

    @Provide
    Arbitrary<List<LogEvent>> streams() {
        Arbitrary<String> actions = Arbitraries.of(
                "login_failed", "login_failed", "login_success", "login", "view", "purchase", "download", "logout");
        return Combinators.combine(
                        Arbitraries.of("u", "v"), actions, Arbitraries.longs().between(0, 3_000))
                .as((user, action, time) -> new LogEvent(user, "", action, time * 30, "", "", "{}"))
                .list()
                .ofMaxSize(60);
    }

    private TutorialRulesTest at(long timestamp, String action) {
        input.add(new LogEvent("u", "s", action, timestamp, "10.0.0.1", "a", "{}"));
        return this;
    }

    /** All lines, after the reference model has agreed to them. */
    private List<String> run() {
        Map<String, Values> states = new HashMap<>();
        List<String> lines = new ArrayList<>();
        for (LogEvent event : input) {
            Values state = states.computeIfAbsent(event.userId(), user -> new Values());
            OutputLine alert = TutorialDetector.apply(event, state);
            if (alert != null) {
                lines.add(alert.toJson());
            }
            OutputLine metrics = TutorialMetrics.apply(event, state);
            if (metrics != null) {
                lines.add(metrics.toJson());
            }
        }
        List<SourceText> inputs = List.of(
                new SourceText("test", input.stream().map(LogEvent::toJson).toList()));
        assertThat(lines.stream().sorted())
                .containsExactlyElementsOf(ReferenceModel.expected(RuleSet.TUTORIAL, LogFormat.JSON, 2015, inputs));
        return lines;
    }

    private static String metrics(long timestamp, long duration, String counts) {
        return "{\"type\":\"user_metrics\",\"user_id\":\"u\",\"timestamp\":" + timestamp + ",\"session_duration\":"
                + duration + ",\"action_counts\":" + counts + "}";
    }

    /** The state of one user in plain fields. */
    private static final class Values implements TutorialDetector.State, TutorialMetrics.State {
        private Integer failedLogins;
        private Long lastLogin;
        private final Map<String, Long> counts = new HashMap<>();
        private Long sessionDuration;
        private Long lastActionTime;

        @Override
        public Integer failedLogins() {
            return failedLogins;
        }

        @Override
        public void setFailedLogins(Integer count) {
            failedLogins = count;
        }

        @Override
        public Long lastLogin() {
            return lastLogin;
        }

        @Override
        public void setLastLogin(Long timestamp) {
            lastLogin = timestamp;
        }

        @Override
        public Long count(String action) {
            return counts.get(action);
        }

        @Override
        public void setCount(String action, Long count) {
            counts.put(action, count);
        }

        @Override
        public Map<String, Long> counts() {
            return new HashMap<>(counts);
        }

        @Override
        public Long sessionDuration() {
            return sessionDuration;
        }

        @Override
        public void setSessionDuration(Long seconds) {
            sessionDuration = seconds;
        }

        @Override
        public Long lastActionTime() {
            return lastActionTime;
        }

        @Override
        public void setLastActionTime(Long timestamp) {
            lastActionTime = timestamp;
        }
    }
}

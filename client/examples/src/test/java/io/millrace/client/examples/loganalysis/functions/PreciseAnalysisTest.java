package io.millrace.client.examples.loganalysis.functions;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.client.examples.loganalysis.event.LogEvent;
import io.millrace.client.examples.loganalysis.options.RuleSet;
import io.millrace.client.examples.loganalysis.reading.LogFormat;
import io.millrace.client.examples.loganalysis.reference.ReferenceModel;
import io.millrace.client.examples.loganalysis.reference.SourceText;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Cases made by hand, to the second; each is also a case of the reference model. */
class PreciseAnalysisTest {
    private static final long T = 1_700_000_040L;

    private final List<String> input = new ArrayList<>();

    @Test
    void fiveFailuresWithinFiveMinutesAlert() {
        at(T, "login_failed")
                .at(T + 100, "login_failed")
                .at(T + 200, "login_failed")
                .at(T + 299, "login_failed");
        at(T + 300, "login_failed");
        assertThat(run("security_alert"))
                .containsExactly("{\"type\":\"security_alert\",\"user_id\":\"u\",\"timestamp\":1700000340,"
                        + "\"first\":1700000040,\"failures\":5,"
                        + "\"message\":\"Multiple failed login attempts: 5\"}");
    }

    @Test
    void failuresOverMoreThanFiveMinutesDoNotAlert() {
        at(T, "login_failed")
                .at(T + 100, "login_failed")
                .at(T + 200, "login_failed")
                .at(T + 299, "login_failed");
        at(T + 301, "login_failed");
        assertThat(run("security_alert")).isEmpty();
    }

    @Test
    void failuresThatAreTooOldAreDroppedAndTheOthersStillCount() {
        at(T, "login_failed")
                .at(T + 250, "login_failed")
                .at(T + 299, "login_failed")
                .at(T + 301, "login_failed");
        at(T + 302, "login_failed").at(T + 303, "login_failed");
        assertThat(run("security_alert")).singleElement().asString().contains("\"first\":" + (T + 250));
    }

    @Test
    void anAlertClearsTheCount() {
        for (int i = 0; i < 9; i++) {
            at(T + i, "login_failed");
        }
        assertThat(run("security_alert")).hasSize(1);
        at(T + 9, "login_failed");
        assertThat(run("security_alert")).hasSize(2);
    }

    @Test
    void aSuccessfulLoginClearsTheCountButALoginDoesNot() {
        at(T, "login_failed").at(T, "login_failed").at(T, "login_failed").at(T, "login_failed");
        at(T + 1, "login").at(T + 2, "login_success").at(T + 3, "login_failed");
        assertThat(run("security_alert")).isEmpty();
        input.remove(input.size() - 2);
        assertThat(run("security_alert")).hasSize(1);
    }

    @Test
    void fiveFailuresOfTheSameSecondAlert() {
        at(T, "login_failed")
                .at(T, "login_failed")
                .at(T, "login_failed")
                .at(T, "login_failed")
                .at(T, "login_failed");
        assertThat(run("security_alert")).hasSize(1);
    }

    @Test
    void eventsOutOfOrderCountInOrderOfTime() {
        at(T + 8, "login_failed")
                .at(T + 3, "login_success")
                .at(T + 2, "login_failed")
                .at(T + 1, "login_failed");
        at(T + 7, "login_failed").at(T + 6, "login_failed").at(T + 5, "login_failed");
        assertThat(run("security_alert")).isEmpty();
        at(T + 4, "login_failed");
        assertThat(run("security_alert")).singleElement().asString().contains("\"first\":" + (T + 4));
    }

    @Test
    void usersDoNotShareTheirFailures() {
        for (int i = 0; i < 4; i++) {
            at(T + i, "login_failed").add("v", T + i, "login_failed");
        }
        assertThat(run("security_alert")).isEmpty();
    }

    @Test
    void contentMoreThanADayAfterTheLoginIsAnAnomaly() {
        at(T, "login").at(T + 86_400, "view").at(T + 86_401, "download").at(T + 86_402, "purchase");
        at(T + 86_403, "logout").at(T + 86_404, "search");
        assertThat(run("anomaly_alert"))
                .containsExactly(
                        "{\"type\":\"anomaly_alert\",\"user_id\":\"u\",\"timestamp\":1700086441,"
                                + "\"action\":\"download\",\"last_login\":1700000040,\"inactive_seconds\":86401,"
                                + "\"message\":\"Activity after long inactivity: download\"}",
                        "{\"type\":\"anomaly_alert\",\"user_id\":\"u\",\"timestamp\":1700086442,"
                                + "\"action\":\"purchase\",\"last_login\":1700000040,\"inactive_seconds\":86402,"
                                + "\"message\":\"Activity after long inactivity: purchase\"}");
    }

    @Test
    void bothKindsOfLoginCountAndWithoutOneThereIsNoAnomaly() {
        at(T, "login_failed").at(T + 100_000, "view");
        assertThat(run("anomaly_alert")).isEmpty();
        at(T + 100_000, "login_success")
                .at(T + 150_000, "login")
                .at(T + 200_000, "view")
                .at(T + 236_401, "view");
        assertThat(run("anomaly_alert")).singleElement().asString().contains("\"last_login\":" + (T + 150_000));
    }

    @Test
    void aLoginInTheFirstSecondIsALogin() {
        at(0, "login").at(86_401, "view");
        assertThat(run("anomaly_alert")).singleElement().asString().contains("\"last_login\":0,");
    }

    @Test
    void metricsCountAMinuteAndTheDurationsOfTheWholeStream() {
        long minute = T / 60 * 60;
        at(minute, "login").at(minute + 59, "view").at(minute + 59, "view").at(minute + 60, "view");
        at(minute + 60 + 1_800, "view").at(minute + 60 + 3_601, "logout");
        assertThat(run("user_metrics"))
                .containsExactly(
                        metrics(minute, 3, "{\"login\":1,\"view\":2}", 59, 59),
                        metrics(minute + 60, 1, "{\"view\":1}", 60, 60),
                        metrics(minute + 1_860, 1, "{\"view\":1}", 1_860, 1_860),
                        metrics(minute + 3_660, 1, "{\"logout\":1}", 3_661, 1_860));
    }

    @Test
    void anEventAsOldAsTheWatermarkIsLateAndChangesNothing() {
        at(T + 10, "view").at(T, "view").at(T + 11, "view").at(T, "login");
        assertThat(run("late"))
                .containsExactly("{\"type\":\"late\",\"user_id\":\"u\",\"session_id\":\"s\",\"action\":\"login\","
                        + "\"timestamp\":1700000040,\"ip_address\":\"10.0.0.1\",\"user_agent\":\"a\","
                        + "\"metadata\":{}}");
        assertThat(run("user_metrics")).hasSize(1).noneMatch(line -> line.contains("login"));
    }

    @Test
    void anEventIsJudgedByItsPredecessorsAlone() {
        at(T, "view").at(T + 100_000, "view").at(T + 99_990, "view").at(T + 99_989, "view");
        assertThat(run("late")).singleElement().asString().contains("\"timestamp\":" + (T + 99_989));
    }

    @Test
    void rejectedLinesHaveTheirNumberAndCountForNothing() {
        at(T, "view");
        input.add("nonsense");
        input.add("");
        at(T, "view");
        List<String> rejected = run("rejected");
        assertThat(rejected.get(0))
                .startsWith(
                        "{\"type\":\"rejected\",\"source\":\"test\",\"line\":2,\"code\":\"LOG_NOT_JSON\",\"reason\":"
                                + "\"not valid JSON at column ")
                .contains("\"message\":\"Failed to parse log: nonsense, Error: not valid JSON at column ");
        assertThat(rejected.get(1))
                .isEqualTo("{\"type\":\"rejected\",\"source\":\"test\",\"line\":3,\"code\":\"LOG_BLANK\","
                        + "\"reason\":\"the line is blank\","
                        + "\"message\":\"Failed to parse log: , Error: the line is blank\"}");
        assertThat(rejected).hasSize(2);
        assertThat(run("user_metrics")).singleElement().asString().contains("\"events\":2,");
    }

    private PreciseAnalysisTest at(long timestamp, String action) {
        return add("u", timestamp, action);
    }

    private PreciseAnalysisTest add(String user, long timestamp, String action) {
        input.add(new LogEvent(user, "s", action, timestamp, "10.0.0.1", "a", "{}").toJson());
        return this;
    }

    /** The lines of one type, after the reference model has agreed to all of them. */
    private List<String> run(String type) {
        List<SourceText> inputs = List.of(new SourceText("test", input));
        List<String> lines = HandStepped.precise(LogFormat.JSON, 2015, inputs);
        assertThat(lines.stream()
                        .map(line -> ReferenceModel.comparable(line, inputs))
                        .sorted())
                .containsExactlyElementsOf(ReferenceModel.expected(RuleSet.PRECISE, LogFormat.JSON, 2015, inputs));
        return lines.stream()
                .filter(line -> line.startsWith("{\"type\":\"" + type + "\""))
                .toList();
    }

    private static String metrics(long start, int events, String counts, long session, long active) {
        return "{\"type\":\"user_metrics\",\"user_id\":\"u\",\"window_start\":" + start + ",\"window_end\":"
                + (start + 60) + ",\"events\":" + events + ",\"action_counts\":" + counts + ",\"session_duration\":"
                + session + ",\"active_duration\":" + active + "}";
    }
}

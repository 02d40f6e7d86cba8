package io.millrace.client.examples.loganalysis.output;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.client.examples.loganalysis.event.LogEvent;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Field names and order of what the job writes, character by character. */
class OutputLineTest {

    @Test
    void securityAlert() {
        assertThat(new SecurityAlert("u", 300, 1, 5).toJson())
                .isEqualTo("{\"type\":\"security_alert\",\"user_id\":\"u\",\"timestamp\":300,\"first\":1,"
                        + "\"failures\":5,\"message\":\"Multiple failed login attempts: 5\"}");
        assertThat(new CountedSecurityAlert("u", 300, 5).toJson())
                .isEqualTo("{\"type\":\"security_alert\",\"user_id\":\"u\",\"timestamp\":300,"
                        + "\"failures\":5,\"message\":\"Multiple failed login attempts: 5\"}");
    }

    @Test
    void anomalyAlert() {
        assertThat(new AnomalyAlert("u", 86_402, "view", 1).toJson())
                .isEqualTo("{\"type\":\"anomaly_alert\",\"user_id\":\"u\",\"timestamp\":86402,\"action\":\"view\","
                        + "\"last_login\":1,\"inactive_seconds\":86401,"
                        + "\"message\":\"Activity after long inactivity: view\"}");
    }

    @Test
    void userMetricsCountInOrderOfTheActionsNames() {
        Map<String, Long> counts = new HashMap<>(Map.of("view", 2L, "a\"b", 1L, "login", 3L));
        assertThat(new UserMetrics("u", 60, 120, 6, counts, 7, 8).toJson())
                .isEqualTo("{\"type\":\"user_metrics\",\"user_id\":\"u\",\"window_start\":60,\"window_end\":120,"
                        + "\"events\":6,\"action_counts\":{\"a\\\"b\":1,\"login\":3,\"view\":2},"
                        + "\"session_duration\":7,\"active_duration\":8}");
        assertThat(new RunningMetrics("u", 60, -7, counts).toJson())
                .isEqualTo("{\"type\":\"user_metrics\",\"user_id\":\"u\",\"timestamp\":60,\"session_duration\":-7,"
                        + "\"action_counts\":{\"a\\\"b\":1,\"login\":3,\"view\":2}}");
    }

    @Test
    void lateEvent() {
        LogEvent event = new LogEvent("u", "s", "view", 1, "10.0.0.1", "a", "{\"k\":[1]}");
        assertThat(new LateEvent(event).toJson())
                .isEqualTo("{\"type\":\"late\",\"user_id\":\"u\",\"session_id\":\"s\",\"action\":\"view\","
                        + "\"timestamp\":1,\"ip_address\":\"10.0.0.1\",\"user_agent\":\"a\","
                        + "\"metadata\":{\"k\":[1]}}");
    }

    @Test
    void rejectedLine() {
        LinePosition position = LinePosition.line("a.log", 3);
        assertThat(RejectedLine.of(position, "\"x", "LOG_NOT_JSON", "why").toJson())
                .isEqualTo("{\"type\":\"rejected\",\"source\":\"a.log\",\"line\":3,\"code\":\"LOG_NOT_JSON\","
                        + "\"reason\":\"why\",\"message\":\"Failed to parse log: \\\"x, Error: why\"}");
        assertThat(RejectedLine.of(LinePosition.offset("generator", 0), "", "C", "r")
                        .toJson())
                .startsWith("{\"type\":\"rejected\",\"source\":\"generator\",\"offset\":0,\"code\":\"C\"");
    }

    @Test
    void rejectedLinesAreShownUpToOneKibibyteAndNeverCutInsideACharacter() {
        assertThat(shown("x".repeat(1024))).isEqualTo("x".repeat(1024));
        assertThat(shown("x".repeat(1025))).isEqualTo("x".repeat(1024));
        assertThat(shown("x" + "\u00e9".repeat(600))).isEqualTo("x" + "\u00e9".repeat(511));
        assertThat(shown("\ud83d\ude00".repeat(300))).isEqualTo("\ud83d\ude00".repeat(256));
        assertThat(shown("x" + "\ud83d\ude00".repeat(300))).isEqualTo("x" + "\ud83d\ude00".repeat(255));
    }

    @Property(tries = 300)
    void anyTextInAnyFieldStaysOneLineOfJson(@ForAll String text) throws Exception {
        String line =
                RejectedLine.of(LinePosition.line(text, 1), text, "C", text).toJson();
        assertThat(line).doesNotContain("\n").doesNotContain("\r");
        byte[] written = line.getBytes(StandardCharsets.UTF_8);
        JsonNode tree = new ObjectMapper().readTree(written);
        assertThat(tree.get("source").textValue()).isEqualTo(text);
        assertThat(tree.get("reason").textValue()).isEqualTo(text);
    }

    private static String shown(String line) {
        return RejectedLine.of(LinePosition.line("", 1), line, "C", "r").shownLine();
    }
}

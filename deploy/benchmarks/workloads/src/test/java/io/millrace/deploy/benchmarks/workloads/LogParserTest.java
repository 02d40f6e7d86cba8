package io.millrace.deploy.benchmarks.workloads;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogParserTest {

    private static final String LINE =
            "{\"user_id\":\"ada\",\"session_id\":\"s1\",\"action\":\"view\",\"timestamp\":17,"
                    + "\"ip_address\":\"10.0.0.1\",\"user_agent\":\"curl\",\"metadata\":{\"a\":{\"b\":[1]}}}";

    private final LogParser parser = new LogParser();

    @Test
    void everyFieldIsRead() {
        LogEvent event = parser.parse(LINE);
        assertThat(event).isNotNull();
        assertThat(event.userId).isEqualTo("ada");
        assertThat(event.sessionId).isEqualTo("s1");
        assertThat(event.action).isEqualTo("view");
        assertThat(event.timestamp).isEqualTo(17);
        assertThat(event.ipAddress).isEqualTo("10.0.0.1");
        assertThat(event.userAgent).isEqualTo("curl");
        assertThat(event.metadata).isEqualTo("{\"a\":{\"b\":[1]}}");
    }

    @Test
    void unknownFieldsAreIgnoredAndMetadataMayBeAbsentOrNull() {
        LogEvent absent = parser.parse(LINE.replace("\"metadata\":{\"a\":{\"b\":[1]}}", "\"extra\":[{}]"));
        LogEvent none = parser.parse(LINE.replace("{\"a\":{\"b\":[1]}}", "null"));
        assertThat(absent).isNotNull();
        assertThat(none).isNotNull();
        assertThat(absent.metadata).isEqualTo("{}");
        assertThat(none.metadata).isEqualTo("{}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "{\"user_id\":\"ada\",\"timestamp\":", "not json"})
    void aLineThatIsNoWholeEventIsRejected(String line) {
        assertThat(parser.parse(line)).isNull();
    }

    @Test
    void wrongTypesAndEmptyNamesAndTrailingTextAreRejected() {
        assertThat(parser.parse(LINE.replace("17", "\"17\""))).isNull();
        assertThat(parser.parse(LINE.replace("17", "17.0"))).isNull();
        assertThat(parser.parse(LINE.replace("17", "-1"))).isNull();
        assertThat(parser.parse(LINE.replace("\"ada\"", "7"))).isNull();
        assertThat(parser.parse(LINE.replace("\"ada\"", "\"\""))).isNull();
        assertThat(parser.parse(LINE.replace("{\"a\":{\"b\":[1]}}", "[]"))).isNull();
        assertThat(parser.parse(LINE + "{}")).isNull();
    }
}

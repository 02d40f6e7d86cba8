package io.millrace.client.examples.loganalysis.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.client.examples.loganalysis.event.LogEvent;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonLogReaderTest {
    private static final String REST = "\"session_id\":\"s\",\"ip_address\":\"i\",\"user_agent\":\"a\"";
    private static final String GOOD = "{\"user_id\":\"u\",\"action\":\"view\",\"timestamp\":7," + REST + "}";

    private final JsonLogReader reader = new JsonLogReader();

    @Test
    void readsTheSevenFields() {
        String line = "{\"user_id\":\"u1\",\"session_id\":\"s1\",\"action\":\"view\",\"timestamp\":1700000000,"
                + "\"ip_address\":\"10.0.0.1\",\"user_agent\":\"curl\",\"metadata\":{\"a\":[1, {\"b\": null}]}}";
        assertThat(read(line).events)
                .containsExactly(new LogEvent(
                        "u1", "s1", "view", 1_700_000_000L, "10.0.0.1", "curl", "{\"a\":[1,{\"b\":null}]}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"metadata\":null", ",\"metadata\":{}", ",\"metadata\" : { }"})
    void metadataThatIsMissingNullOrEmptyIsTheEmptyObject(String metadata) {
        String line = GOOD.replace("}", metadata + "}");
        assertThat(read(line.replace("}}", "}}")).events)
                .singleElement()
                .extracting(LogEvent::metadata)
                .isEqualTo("{}");
    }

    @Test
    void fieldsMayComeInAnyOrderWithUnknownOnesBetweenThem() {
        String line = "{\"x\":{\"user_id\":5,\"deep\":[[[1.5e9]]]}," + REST
                + ",\"x\":true,\"timestamp\":0,\"y\":[],\"action\":\"a\",\"user_id\":\"u\"}";
        assertThat(read(line).events).containsExactly(new LogEvent("u", "s", "a", 0, "i", "a", "{}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {" %s", "%s ", "\t %s\r", "\r\n%s\n", "%s\r"})
    void blanksAroundTheObjectAreAllowed(String form) {
        assertThat(read(String.format(form, GOOD)).events).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"0,0", "253402300799,253402300799", "-0,0"})
    void timestampsFromTheFirstToTheLastSecondAreAccepted(String written, long seconds) {
        assertThat(read(GOOD.replace(":7,", ":" + written + ",")).events)
                .singleElement()
                .extracting(LogEvent::timestamp)
                .isEqualTo(seconds);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "253402300800", "99999999999999999999999999", "-99999999999999999999"})
    void timestampsOutOfRangeAreRejected(String written) {
        assertRejected(GOOD.replace(":7,", ":" + written + ","), RejectionCode.LOG_TIMESTAMP_RANGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"7.0", "1e3", "\"7\"", "null", "true", "[7]", "{}"})
    void timestampsOfAnotherTypeAreRejected(String written) {
        assertRejected(GOOD.replace(":7,", ":" + written + ","), RejectionCode.LOG_FIELD_TYPE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"user_id", "session_id", "action", "ip_address", "user_agent"})
    void stringFieldsMustBeStrings(String field) {
        for (String value : new String[] {"1", "null", "true", "[]", "{}", "1.5"}) {
            String line = GOOD.replaceAll("\"" + field + "\":\"[^\"]*\"", "\"" + field + "\":" + value);
            assertRejected(line, RejectionCode.LOG_FIELD_TYPE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"user_id", "session_id", "action", "ip_address", "user_agent", "timestamp"})
    void fieldsMustBeThere(String field) {
        ReadLines read = read(GOOD.replace("\"" + field + "\"", "\"other\""));
        assertThat(read.codes).containsExactly(RejectionCode.LOG_FIELD_MISSING);
        assertThat(read.reasons).containsExactly("field '" + field + "' is missing");
    }

    @Test
    void userAndActionMustNotBeEmptyButTheOthersMay() {
        assertRejected(GOOD.replace("\"u\"", "\"\""), RejectionCode.LOG_FIELD_EMPTY);
        assertRejected(GOOD.replace("\"view\"", "\"\""), RejectionCode.LOG_FIELD_EMPTY);
        String blank = "{\"user_id\":\" \",\"action\":\" \",\"timestamp\":7,\"session_id\":\"\",\"ip_address\":\"\","
                + "\"user_agent\":\"\"}";
        assertThat(read(blank).events).containsExactly(new LogEvent(" ", "", " ", 7, "", "", "{}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "\"x\"", "[]", "true", "1.5"})
    void metadataMustBeAnObject(String value) {
        assertRejected(GOOD.replace("}", ",\"metadata\":" + value + "}"), RejectionCode.LOG_FIELD_TYPE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"user_id\":\"v\"", "\"timestamp\":7", "\"user_agent\":\"x\"", "\"timestamp\":\"x\""})
    void aFieldOfTheEventMustNotBeThereTwice(String again) {
        assertRejected(GOOD.replace("}", "," + again + "}"), RejectionCode.LOG_FIELD_DUPLICATE);
        assertRejected(GOOD.replace("}", ",\"metadata\":null,\"metadata\":{}}"), RejectionCode.LOG_FIELD_DUPLICATE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\r", "\n"})
    void blankLinesAreRejected(String line) {
        assertRejected(line, RejectionCode.LOG_BLANK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "\"text\"", "7", "null", "true", "[{}]"})
    void otherValuesThanObjectsAreRejected(String line) {
        assertRejected(line, RejectionCode.LOG_NOT_OBJECT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"a\"",
                "{\"a\":}",
                "{a:1}",
                "{'a':1}",
                "{\"a\":01}",
                "{\"a\":NaN}",
                "{\"a\":1,}",
                "{\"a\":\"\t\"}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\ud8\"}",
                "nope",
                "\uFEFF{}",
                "{\"a\":1 /* c */}",
                "\u00a0{}",
                "{\"a\":+1}",
                "{\"a\":.5}",
                "{\"a\":tru}",
                "{\"a\" 1}",
                "{]"
            })
    void whatIsNoJsonIsRejected(String line) {
        assertRejected(line, RejectionCode.LOG_NOT_JSON);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "x", "1", ",", "]", "}", "\u00a0", "//"})
    void nothingMayFollowTheObject(String more) {
        assertRejected(GOOD + more, RejectionCode.LOG_TRAILING_CONTENT);
        assertRejected(GOOD + "  " + more, RejectionCode.LOG_TRAILING_CONTENT);
    }

    @Test
    void malformedUtf8IsReplacedAndDoesNotReject() {
        byte[] bytes = GOOD.replace("\"u\"", "\"?\"").getBytes(StandardCharsets.ISO_8859_1);
        bytes[GOOD.indexOf("\"u\"") + 1] = (byte) 0xff;
        String line = new String(bytes, StandardCharsets.UTF_8);
        assertThat(read(line).events)
                .singleElement()
                .extracting(LogEvent::userId)
                .isEqualTo("\uFFFD");
    }

    @Test
    void aLineMayBeTwoMebibytesLongAndNotOneByteMore() {
        int padding = LineLimits.MAX_LINE_BYTES - GOOD.length() - ",\"p\":\"\"".length();
        String longest = GOOD.replace("}", ",\"p\":\"" + "x".repeat(padding) + "\"}");
        assertThat(longest.getBytes(StandardCharsets.UTF_8)).hasSize(LineLimits.MAX_LINE_BYTES);
        assertThat(read(longest).events).hasSize(1);
        assertThat(read(longest.replace("xx\"}", "\u00e9\"}")).events).hasSize(1);
        assertRejected(longest + " ", RejectionCode.LOG_TOO_LONG);
        assertRejected(longest.replace("x\"}", "\u00e9\"}"), RejectionCode.LOG_TOO_LONG);
    }

    @Test
    void replacedBytesCountAsTheOneByteTheyWere() {
        String line = GOOD.replace("\"u\"", "\"" + "\uFFFD".repeat(LineLimits.MAX_LINE_BYTES - GOOD.length()) + "\"");
        assertThat(read(line).events).hasSize(1);
    }

    @Test
    void namesNumbersAndStringsMayFillAWholeLine() {
        int size = LineLimits.MAX_LINE_BYTES - GOOD.length() - 20;
        assertThat(read(GOOD.replace("}", ",\"" + "n".repeat(size) + "\":1}")).events)
                .hasSize(1);
        assertThat(read(GOOD.replace("}", ",\"n\":" + "9".repeat(size) + "}")).events)
                .hasSize(1);
        assertThat(read(GOOD.replace("\"u\"", "\"" + "u".repeat(size) + "\"")).events)
                .hasSize(1);
        String number = "1." + "9".repeat(size);
        assertThat(read(GOOD.replace("}", ",\"metadata\":{\"n\":" + number + "}}")).events)
                .singleElement()
                .extracting(LogEvent::metadata)
                .isEqualTo("{\"n\":" + number + "}");
    }

    @Test
    void nestingIsAcceptedUpToTheLimit() {
        int inner = LineLimits.MAX_DEPTH - 1;
        String nested = "[".repeat(inner) + "]".repeat(inner);
        assertThat(read(GOOD.replace("}", ",\"x\":" + nested + "}")).events).hasSize(1);
        assertRejected(GOOD.replace("}", ",\"x\":[" + nested + "]}"), RejectionCode.LOG_TOO_DEEP);
        String metadata = "{\"m\":" + "[".repeat(inner) + "]".repeat(inner) + "}";
        assertRejected(GOOD.replace("}", ",\"metadata\":" + metadata + "}"), RejectionCode.LOG_TOO_DEEP);
    }

    @Test
    void manyUnknownNamesThatCollideDoNoHarm() {
        StringBuilder fields = new StringBuilder();
        for (int i = 0; i < 4096; i++) {
            StringBuilder name = new StringBuilder();
            for (int bit = 0; bit < 12; bit++) {
                name.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            fields.append(",\"").append(name).append("\":1");
        }
        assertThat(read(GOOD.replace("}", fields + "}")).events).hasSize(1);
        assertThat(read(GOOD).events).hasSize(1);
    }

    @Test
    void escapedUnpairedSurrogatesAreTakenInValuesButNotInNames() {
        assertThat(read(GOOD.replace("\"u\"", "\"\\ud800\"")).events)
                .singleElement()
                .extracting(LogEvent::userId)
                .isEqualTo("\ud800");
        assertRejected(GOOD.replace("}", ",\"\\ud800\":1}"), RejectionCode.LOG_NOT_JSON);
    }

    @Test
    void anUnpairedSurrogateInANameOfTheMetadataIsReplacedAsDecodingWould() {
        LogEvent event =
                read(GOOD.replace("}", ",\"metadata\":{\"a\ud800\":1}}")).events.get(0);

        assertThat(event.metadata()).isEqualTo("{\"a\ufffd\":1}");
        assertThat(read(event.toJson()).events).containsExactly(event);
    }

    @Test
    void aRejectedLineLeavesNothingBehindForTheNext() {
        assertRejected("{\"user_id\":\"other\",\"metadata\":{\"a\":1},\"timestamp\":9", RejectionCode.LOG_NOT_JSON);
        assertThat(read(GOOD).events).containsExactly(new LogEvent("u", "s", "view", 7, "i", "a", "{}"));
    }

    @Test
    void reasonsNameTheFieldTheTypeAndTheColumn() {
        assertThat(read(GOOD.replace(":7,", ":\"7\",")).reasons)
                .containsExactly("field 'timestamp' must be an integer but is a string");
        assertThat(read("{\"a\" 1}").reasons.get(0)).startsWith("not valid JSON at column 6: ");
        assertThat(read("{" + "x".repeat(100_000)).reasons.get(0)).hasSizeLessThan(300);
    }

    private ReadLines read(String line) {
        return ReadLines.of(reader, line);
    }

    private void assertRejected(String line, RejectionCode code) {
        ReadLines read = read(line);
        assertThat(read.codes).as(line.length() > 200 ? "long line" : line).containsExactly(code);
        assertThat(read.answers()).isEqualTo(1);
    }
}

package io.millrace.client.examples.loganalysis.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.client.examples.loganalysis.event.LogEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessLogReaderTest {
    private static final long TIME = 1_431_857_103L;

    private final AccessLogReader reader = new AccessLogReader();

    @Test
    void theClientIsTheUserAndMissingFieldsAreEmpty() {
        assertThat(read("83.149.9.216 - frank [17/May/2015:10:05:03 +0000] \"GET /a HTTP/1.1\" 200 5 \"-\" \"curl/7\"")
                        .events)
                .containsExactly(new LogEvent("83.149.9.216", "", "view", TIME, "83.149.9.216", "curl/7", "{}"));
        assertThat(read("::1 - - [17/May/2015:10:05:03 +0000] \"GET /a HTTP/1.1\" 200 5 \"-\" \"-\"").events)
                .containsExactly(new LogEvent("::1", "", "view", TIME, "::1", "", "{}"));
    }

    @ParameterizedTest
    @CsvSource({
        "GET / HTTP/1.1,200,100000,view",
        "GET / HTTP/1.1,200,100001,download",
        "GET / HTTP/1.1,304,-,view",
        "GET /a.tar.gz HTTP/1.1,200,1,download",
        "GET /a.ZIP?v=1.html HTTP/1.1,404,1,download",
        "GET /a.zip/index.html HTTP/1.1,200,1,view",
        "GET /a?file=b.zip HTTP/1.1,200,1,view",
        "GET /zip HTTP/1.1,200,1,view",
        "GET /a.jar#x HTTP/1.0,200,1,download",
        "GET /a.zip,200,1,download",
        "POST /a.zip HTTP/1.1,200,200000,purchase",
        "HEAD /a.zip HTTP/1.1,200,-,head",
        "OPTIONS * HTTP/1.1,500,626,options",
        "PROPFIND / HTTP/1.1,200,1,propfind",
        "DELETE / HTTP/1.1,200,1,delete",
        "GET / HTTP/1.1,401,1,login_failed",
        "POST /login HTTP/1.1,401,200000,login_failed",
        "-,401,1,login_failed",
        "GET / HTTP/1.1,200,99999999999999999999999,download"
    })
    void actionsFollowFromStatusMethodTargetAndSize(String request, String status, String bytes, String action) {
        assertThat(read(line(request, status, bytes)).events)
                .singleElement()
                .extracting(LogEvent::action)
                .isEqualTo(action);
    }

    @ParameterizedTest
    @CsvSource({
        "17/May/2015:10:05:03 +0000,1431857103",
        "17/May/2015:12:05:03 +0200,1431857103",
        "17/May/2015:04:35:03 -0530,1431857103",
        "01/Jan/1970:00:00:00 +0000,0",
        "29/Feb/2016:00:00:00 +0000,1456704000"
    })
    void timesAreReadWithTheirOffset(String time, long seconds) {
        assertThat(read(timed(time)).events)
                .singleElement()
                .extracting(LogEvent::timestamp)
                .isEqualTo(seconds);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "29/Feb/2015:00:00:00 +0000",
                "17/Mai/2015:10:05:03 +0000",
                "17/May/2015:24:05:03 +0000",
                "17/May/2015:10:05:03",
                "17/May/2015 10:05:03 +0000",
                "17/May/2015:10:05:03 +9900",
                "",
                "1431857103",
                "17/May/2015:10:05:03  0000",
                "17/May/2015:10:05:-3 +0000"
            })
    void timesThatDoNotExistAreRejected(String time) {
        assertThat(read(timed(time)).codes).containsExactly(RejectionCode.LOG_DATE_INVALID);
    }

    @Test
    void timesBefore1970AreRejected() {
        assertThat(read(timed("31/Dec/1969:23:59:59 +0000")).codes).containsExactly(RejectionCode.LOG_TIMESTAMP_RANGE);
        assertThat(read(timed("31/Dec/9999:23:59:59 -0100")).codes).containsExactly(RejectionCode.LOG_TIMESTAMP_RANGE);
    }

    @Test
    void quotesInsideOfTextsAreEscapedAndKeptAsLogged() {
        String line = "1.1.1.1 - - [17/May/2015:10:05:03 +0000] \"GET /\\\"a.zip HTTP/1.1\" 200 5 \"-\""
                + " \"a \\\"b\\\" c\" \"x\"";
        assertThat(read(line).events)
                .containsExactly(new LogEvent("1.1.1.1", "", "download", TIME, "1.1.1.1", "a \\\"b\\\" c", "{}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "1.1.1.1 - -",
                "1.1.1.1 - - 17/May/2015:10:05:03 \"GET / HTTP/1.1\" 200 5 \"-\" \"a\"",
                "1.1.1.1 - - [17/May/2015:10:05:03 +0000] \"GET / HTTP/1.1\" 200 5",
                "1.1.1.1 - - [17/May/2015:10:05:03 +0000] \"GET / HTTP/1.1\" 200 5 \"-\" \"cut off",
                "1.1.1.1 - - [17/May/2015:10:05:03 +0000] \"GET / HTTP/1.1\" abc 5 \"-\" \"a\"",
                "1.1.1.1 - - [17/May/2015:10:05:03 +0000] \"GET / HTTP/1.1\" 200 x5 \"-\" \"a\"",
                "1.1.1.1 - - [17/May/2015:10:05:03 +0000] \"-\" 408 - \"-\" \"-\"",
                "1.1.1.1 - - [17/May/2015:10:05:03 +0000] \"\\x16\\x03\" 400 5 \"-\" \"-\"",
                "1.1.1.1 - - [17/May/2015:10:05:03 +0000] \"\" 400 5 \"-\" \"-\"",
                " - - - [17/May/2015:10:05:03 +0000] \"GET / HTTP/1.1\" 200 5 \"-\" \"a\"",
                "{\"user_id\":\"u\"}"
            })
    void otherLinesAreRejected(String line) {
        ReadLines read = read(line);
        assertThat(read.codes).containsExactly(RejectionCode.LOG_NOT_ACCESS);
        assertThat(read.answers()).isEqualTo(1);
        assertThat(read.reasons.get(0)).startsWith("no combined access log: the ");
    }

    @Test
    void blankAndOverlongLinesAreRejected() {
        assertThat(read(" \r").codes).containsExactly(RejectionCode.LOG_BLANK);
        assertThat(read("x".repeat(LineLimits.MAX_LINE_BYTES + 1)).codes).containsExactly(RejectionCode.LOG_TOO_LONG);
    }

    private ReadLines read(String line) {
        return ReadLines.of(reader, line);
    }

    private static String line(String request, String status, String bytes) {
        return "1.1.1.1 - - [17/May/2015:10:05:03 +0000] \"" + request + "\" " + status + " " + bytes
                + " \"-\" \"a\"\r";
    }

    private static String timed(String time) {
        return "1.1.1.1 - - [" + time + "] \"GET / HTTP/1.1\" 200 5 \"-\" \"a\"";
    }
}

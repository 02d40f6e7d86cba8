package io.millrace.client.examples.loganalysis.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a line holds: each reader answers, and never throws. */
class ReaderFuzzTest {
    private static final List<String> SEEDS = List.of(
            "{\"user_id\":\"u\",\"session_id\":\"s\",\"action\":\"view\",\"timestamp\":1700000000,\"ip_address\":"
                    + "\"10.0.0.1\",\"user_agent\":\"x\",\"metadata\":{\"a\":[1.5,true,null,{\"b\":\"\\u00e9\"}]}}",
            "Dec 10 06:55:48 LabSZ sshd[24200]: Failed password for invalid user web from 1.2.3.4 port 38926 ssh2",
            "Mar 29 23:18:33 h sshd[6402]: message repeated 5 times: [ Failed password for root from 1.2.3.4 port 5]",
            "Mar 29 23:18:33 h sudo: pam_unix(sudo:session): session opened for user root by ubuntu(uid=0)",
            "Feb 29 23:59:59 h su[1]: pam_unix(su:session): session closed for user root",
            "1.2.3.4 - - [17/May/2015:10:05:03 +0000] \"GET /a.zip?x HTTP/1.1\" 200 203023 \"-\" \"Moz (\\\"x\\\")\"");

    private final List<LogReader> readers =
            List.of(new JsonLogReader(), new SshdLogReader(2015), new AccessLogReader());

    @Property(tries = 2000)
    void mutatedLinesAreAnswered(@ForAll("mutations") String line) {
        assertAnswered(line);
    }

    @Property(tries = 1000)
    void randomBytesAreAnswered(@ForAll byte[] bytes) {
        assertAnswered(new String(bytes, StandardCharsets.UTF_8));
    }

    @Property(tries = 1000)
    void randomTextsAreAnswered(@ForAll String line) {
        assertAnswered(line);
    }

    @Property(tries = 20)
    void everyPrefixOfALineIsAnswered(@ForAll("seeds") String line) {
        for (int end = 0; end <= line.length(); end++) {
            assertAnswered(line.substring(0, end));
        }
    }

    @Provide
    Arbitrary<String> seeds() {
        return Arbitraries.of(SEEDS);
    }

    @Provide
    Arbitrary<String> mutations() {
        Arbitrary<List<Integer>> edits =
                Arbitraries.integers().list().ofMinSize(1).ofMaxSize(6);
        return edits.flatMap(list -> seeds().map(line -> mutate(line, list)));
    }

    private static String mutate(String line, List<Integer> edits) {
        StringBuilder text = new StringBuilder(line);
        String spice = "{}[]\",:\\ \t\r0129-+.eE/()=\u0000\uD800\uFFFDabc";
        for (int edit : edits) {
            int at = Math.floorMod(edit, text.length() + 1);
            char c = spice.charAt(Math.floorMod(edit / 7, spice.length()));
            switch (Math.floorMod(edit / 3, 3)) {
                case 0 -> text.insert(at, c);
                case 1 -> text.setLength(Math.max(at, 1));
                default -> text.setCharAt(Math.min(at, text.length() - 1), c);
            }
        }
        return text.toString();
    }

    private void assertAnswered(String line) {
        for (LogReader reader : readers) {
            ReadLines read = ReadLines.of(reader, line);
            assertThat(read.answers()).isPositive();
            assertThat(read.reasons)
                    .allSatisfy(reason -> assertThat(reason.length()).isBetween(1, 400));
            for (var event : read.events) {
                assertThat(ReadLines.of(new JsonLogReader(), event.toJson()).events)
                        .containsExactly(event);
            }
        }
    }
}

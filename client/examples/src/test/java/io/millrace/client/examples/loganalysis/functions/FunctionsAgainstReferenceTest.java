package io.millrace.client.examples.loganalysis.functions;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.client.examples.loganalysis.event.LogEvent;
import io.millrace.client.examples.loganalysis.options.RuleSet;
import io.millrace.client.examples.loganalysis.reading.LogFormat;
import io.millrace.client.examples.loganalysis.reference.RealLogs;
import io.millrace.client.examples.loganalysis.reference.ReferenceModel;
import io.millrace.client.examples.loganalysis.reference.SourceText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FunctionsAgainstReferenceTest {

    @Property(tries = 500)
    void anyStreamGivesWhatTheReferenceModelGives(@ForAll("streams") List<String> lines) {
        assertAgrees(LogFormat.JSON, List.of(new SourceText("a", lines)));
    }

    @ParameterizedTest
    @CsvSource({"sshd_loghub_2k.log,SSHD,222,0", "sshd_elastic_auth.log,SSHD,1345,0", "access_elastic.log,ACCESS,9068,1"
    })
    void realLogsGiveWhatTheReferenceModelGives(String name, LogFormat format, int total, int rejected)
            throws IOException {
        Optional<Path> file = RealLogs.find(name);
        Assumptions.assumeTrue(file.isPresent(), "the published logs are not beside the repository");
        List<SourceText> inputs = List.of(SourceText.ofFile(file.get()));
        List<String> lines = assertAgrees(format, inputs);
        assertThat(lines).hasSize(total);
        assertThat(lines.stream().filter(line -> line.contains("\"type\":\"rejected\"")))
                .hasSize(rejected);
    }

    @Provide
    Arbitrary<List<String>> streams() {
        Arbitrary<String> users = Arbitraries.of("u", "v", "w");
        Arbitrary<String> actions = Arbitraries.of(
                "login_failed",
                "login_failed",
                "login_failed",
                "login_success",
                "login",
                "view",
                "purchase",
                "download",
                "logout",
                "other");
        Arbitrary<Long> steps = Arbitraries.of(
                0L, 0L, 1L, 1L, 2L, 9L, 10L, 11L, 29L, 59L, 60L, 61L, 75L, 299L, 300L, 301L, 1_799L, 1_800L, 1_801L,
                86_399L, 86_400L, 86_401L, -1L, -5L, -9L, -10L, -11L, -60L, -100_000L);
        Arbitrary<Integer> damage = Arbitraries.frequency(
                net.jqwik.api.Tuple.of(30, -1), net.jqwik.api.Tuple.of(1, 5), net.jqwik.api.Tuple.of(1, 0));
        return Combinators.combine(users, actions, steps, damage)
                .as(Step::new)
                .list()
                .ofMaxSize(60)
                .map(FunctionsAgainstReferenceTest::lines);
    }

    private record Step(String user, String action, long step, int damage) {}

    private static List<String> lines(List<Step> steps) {
        long[] time = {1_700_000_000L};
        return steps.stream()
                .map(step -> {
                    time[0] = Math.max(0, time[0] + step.step());
                    String line = new LogEvent(step.user(), "", step.action(), time[0], "", "", "{}").toJson();
                    return step.damage() < 0 ? line : line.substring(0, step.damage());
                })
                .toList();
    }

    /** Compares both rule sets and returns the lines of the precise one. */
    private static List<String> assertAgrees(LogFormat format, List<SourceText> inputs) {
        List<String> precise = HandStepped.precise(format, 2015, inputs);
        assertThat(comparable(precise, inputs))
                .containsExactlyElementsOf(ReferenceModel.expected(RuleSet.PRECISE, format, 2015, inputs));
        assertThat(comparable(HandStepped.tutorial(format, 2015, inputs), inputs))
                .containsExactlyElementsOf(ReferenceModel.expected(RuleSet.TUTORIAL, format, 2015, inputs));
        return precise;
    }

    private static List<String> comparable(List<String> lines, List<SourceText> inputs) {
        return lines.stream()
                .map(line -> ReferenceModel.comparable(line, inputs))
                .sorted()
                .toList();
    }
}

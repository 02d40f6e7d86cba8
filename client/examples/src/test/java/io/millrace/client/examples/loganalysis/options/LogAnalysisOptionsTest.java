package io.millrace.client.examples.loganalysis.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.client.examples.loganalysis.reading.LogFormat;
import io.millrace.common.core.error.MillraceException;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogAnalysisOptionsTest {
    private static final Destination PRINT = new Destination.Print();

    @Test
    void withoutOptionsTheGeneratorRunsUnboundedAndPrints() {
        assertThat(parse(""))
                .isEqualTo(new LogAnalysisOptions(
                        new LogSource.Generator(1, 1, OptionalLong.empty()),
                        OptionalLong.empty(),
                        LogFormat.JSON,
                        2026,
                        RuleSet.PRECISE,
                        PRINT,
                        PRINT,
                        PRINT));
    }

    @Test
    void generatorsTakeSeedCountAndSpeedup() {
        assertThat(parse("--source generator --seed -7 --count 1000 --speedup 8640.5 --rate 50")
                        .source())
                .isEqualTo(new LogSource.Generator(-7, 8640.5, OptionalLong.of(1000)));
        assertThat(parse("--source generator:tutorial --seed 3 --count 0").source())
                .isEqualTo(new LogSource.TutorialGenerator(3, OptionalLong.of(0)));
        assertThat(parse("--rate=50 --rules=tutorial"))
                .returns(OptionalLong.of(50), LogAnalysisOptions::rate)
                .returns(RuleSet.TUTORIAL, LogAnalysisOptions::rules);
    }

    @Test
    void topicsHaveADefaultAGroupAndAStart() {
        KafkaTopic userLogs = new KafkaTopic("localhost:9092", "user-logs");
        assertThat(parse("--source kafka").source())
                .isEqualTo(new LogSource.Kafka(
                        userLogs, "log-analyzer-group", new KafkaStart(KafkaStart.Point.COMMITTED_OR_LATEST, 0)));
        assertThat(parse("--source kafka:a:1,b:2/t-x.y_z --group g --start timestamp:17")
                        .source())
                .isEqualTo(new LogSource.Kafka(
                        new KafkaTopic("a:1,b:2", "t-x.y_z"), "g", new KafkaStart(KafkaStart.Point.TIMESTAMP, 17)));
        assertThat(parse("--source kafka --start committed").source())
                .isEqualTo(new LogSource.Kafka(
                        userLogs, "log-analyzer-group", new KafkaStart(KafkaStart.Point.COMMITTED, 0)));
        assertThat(parse("--output kafka:a:1/out").alerts())
                .isEqualTo(new Destination.Topic(new KafkaTopic("a:1", "out")));
    }

    @ParameterizedTest
    @CsvSource({
        "--source kafka:,--source",
        "--source kafka:host/t,--source",
        "--source kafka:h:1/,--source",
        "--source kafka:h:1/a b,--source",
        "--output kafka,--output",
        "--output kafka:h:1,--output",
        "--source kafka --start soon,--start",
        "--source kafka --start timestamp:-1,--start",
        "--start latest,--start",
        "--source file:a --group g,--group",
        "--source kafka --count 3,--count"
    })
    void badTopicsAreRefusedByTheirOption(String args, String option) {
        assertThat(catchThrowableOfType(MillraceException.class, () -> parse(args))
                        .problem()
                        .where())
                .isEqualTo(option);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--source file:a.log,b.log",
                "--source file:a.log --source file:b.log",
                "--source file:a.log b.log",
                "--source=file:a.log --source b.log",
                "--source file:a.log file:b.log"
            })
    void filesAreReadInTheOrderGiven(String args) {
        assertThat(parse(args).source()).isEqualTo(new LogSource.Files(List.of("a.log", "b.log"), false));
    }

    @Test
    void filesMayBeFollowedAndHaveAFormat() {
        LogAnalysisOptions options = parse("--source file:/var/log/auth.log --follow --format sshd --year 2015");
        assertThat(options.source()).isEqualTo(new LogSource.Files(List.of("/var/log/auth.log"), true));
        assertThat(options.format()).isEqualTo(LogFormat.SSHD);
        assertThat(options.year()).isEqualTo(2015);
        assertThat(parse("--source file:a --format sshd").year()).isEqualTo(2026);
        assertThat(parse("--source file:a --format access").format()).isEqualTo(LogFormat.ACCESS);
    }

    @Test
    void socketsHaveHostAndPort() {
        assertThat(parse("--source socket:localhost:9999").source()).isEqualTo(new LogSource.Socket("localhost", 9999));
        assertThat(parse("--source socket:[::1]:1").source()).isEqualTo(new LogSource.Socket("::1", 1));
    }

    @Test
    void partsOfTheOutputOverrideTheWhole() {
        LogAnalysisOptions options = parse("--output file:/tmp/out --alerts print --side file:side");
        assertThat(options.alerts()).isEqualTo(PRINT);
        assertThat(options.metrics()).isEqualTo(new Destination.Directory("/tmp/out"));
        assertThat(options.side()).isEqualTo(new Destination.Directory("side"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--sorce file:a | UNKNOWN | '--sorce' is no option of this job | Did you mean --source?",
                "extra | UNKNOWN | 'extra' is no option of this job | Use one of --source",
                "--rate | VALUE_MISSING | Option --rate needs a value | See the options with --help",
                "--rate --follow | VALUE_MISSING | Option --rate needs a value | See the options",
                "--source file:a --follow=yes | VALUE_MISSING | Option --follow takes no value | See the options",
                "--rate 1 --rate 2 | DUPLICATE | Option --rate is given twice | Give it once",
                "--rate 0 | VALUE_INVALID | Option --rate does not accept '0' | Give a whole number from 1",
                "--rate 1k | VALUE_INVALID | Option --rate does not accept '1k' | Give a whole number from 1",
                "--rate +5 | VALUE_INVALID | Option --rate does not accept '+5' | Give a whole number from 1",
                "--count -1 | VALUE_INVALID | Option --count does not accept '-1' | Give a whole number from 0",
                "--seed x | VALUE_INVALID | Option --seed does not accept 'x' | Give a whole number",
                "--speedup 0 | VALUE_INVALID | Option --speedup does not accept '0' | Give a number above 0",
                "--speedup NaN | VALUE_INVALID | Option --speedup does not accept 'NaN' | Give a number above 0",
                "--speedup 1e3 | VALUE_INVALID | Option --speedup does not accept '1e3' | Give a number above 0",
                "--source kafka:x | VALUE_INVALID | Option --source does not accept 'kafka:x' | Give generator,",
                "--source file: | VALUE_INVALID | Option --source does not accept 'file:' | Give file:PATH[,PATH...]",
                "--source file:a,,b | VALUE_INVALID | Option --source does not accept 'file:a,,b' | Give file:PATH",
                "--source generator x | VALUE_INVALID | Option --source does not accept 'x' | Give one source",
                "--source socket:h | VALUE_INVALID | Option --source does not accept 'socket:h' | Give",
                "--source socket::5 | VALUE_INVALID | Option --source does not accept 'socket::5' | Give socket:HOST",
                "--source socket:h:0 | VALUE_INVALID | Option --source does not accept '0' | Give a port from 1 to",
                "--source socket:h:65536 | VALUE_INVALID | Option --source does not accept '65536' | Give a port from",
                "--format xml | VALUE_INVALID | Option --format does not accept 'xml' | Give json, sshd or access",
                "--rules strict | VALUE_INVALID | Option --rules does not accept 'strict' | Give precise or tutorial",
                "--output file: | VALUE_INVALID | Option --output does not accept 'file:' | Give print, file:",
                "--side out | VALUE_INVALID | Option --side does not accept 'out' | Give print, file:DIRECTORY or kafka:",
                "--year 10000 --format sshd --source file:a | VALUE_INVALID | Option --year does not accept '10000' |"
                        + " Give a whole number from 1970 to 9999",
                "--source file:a --count 5 | CONFLICT | Option --count is only for a generator | Leave --count out",
                "--source file:a --speedup 5 | CONFLICT | Option --speedup is only for a generator | Leave --speedup",
                "--source socket:h:1 --seed 5 | CONFLICT | Option --seed is only for a generator | Leave --seed out",
                "--source generator:tutorial --speedup 2 | CONFLICT | Option --speedup is only for the default | Leave",
                "--follow | CONFLICT | Option --follow is only for files | Leave --follow out",
                "--year 2015 | CONFLICT | Option --year is only for --format sshd | Leave --year out",
                "--format sshd | CONFLICT | A generator makes JSON lines, not sshd | Leave --format out"
            })
    void badInputIsRefusedWithCodeValueAndAcceptedForms(String args, String code, String what, String fix) {
        MillraceException refusal = catchThrowableOfType(MillraceException.class, () -> parse(args));
        assertThat(refusal).isNotNull();
        assertThat(refusal.code()).isEqualTo("OPTION_" + code);
        assertThat(refusal.problem().what()).startsWith(what);
        assertThat(refusal.problem().nextStep()).startsWith(fix);
    }

    @Property(tries = 1_000)
    void anyArgumentsGiveOptionsOrACodedRefusal(@ForAll("arguments") List<String> args) {
        try {
            assertThat(LogAnalysisOptions.parse(args.toArray(new String[0]), 2026))
                    .isNotNull();
        } catch (MillraceException refusal) {
            assertThat(refusal.code()).startsWith("OPTION_");
            assertThat(refusal.problem().nextStep()).isNotEmpty();
        }
    }

    @Test
    void theUsageNamesEveryOption() {
        MillraceException refusal = catchThrowableOfType(MillraceException.class, () -> parse("zzzzzzzzzzzzzz"));
        assertThat(refusal.problem().nextStep()).contains("--source, ").endsWith(", --side");
        assertThat(Pattern.compile("--[a-z]+")
                        .matcher(refusal.problem().nextStep())
                        .results())
                .hasSize(15)
                .allSatisfy(option -> assertThat(LogAnalysisOptions.USAGE).contains("  " + option.group() + " "));
        assertThatExceptionOfType(MillraceException.class).isThrownBy(() -> parse("--"));
    }

    @Provide
    Arbitrary<List<String>> arguments() {
        return Arbitraries.of(
                        "--source",
                        "--rate",
                        "--format",
                        "--follow",
                        "--rules",
                        "--output",
                        "--alerts",
                        "--year",
                        "--count",
                        "--speedup",
                        "--seed",
                        "--rate=5",
                        "--x",
                        "5",
                        "file:a",
                        "generator",
                        "socket:h:1",
                        "json",
                        "sshd",
                        "print",
                        "",
                        "=",
                        "--=",
                        ":",
                        "socket:[:1")
                .list()
                .ofMaxSize(7);
    }

    private static LogAnalysisOptions parse(String args) {
        return LogAnalysisOptions.parse(
                args.isBlank() ? new String[0] : args.trim().split(" ", -1), 2026);
    }
}

package io.millrace.client.examples.loganalysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.environment.StreamExecutionEnvironment;
import io.millrace.client.examples.loganalysis.options.LogAnalysisOptions;
import io.millrace.common.graph.JobGraph;
import io.millrace.common.graph.OperatorNode;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogAnalysisJobTest {

    @Test
    void filesAreReadByOneReaderAndAnalysedInParallel() {
        assertThat(vertices("--source file:a.log,b.log"))
                .containsExactly(
                        "1: Source: Files (splits)",
                        "1: Source: Files, Parse, Sink: Print: Rejected, Event time, Late events, Sink: Print: Late",
                        "4: Analyse users, Sink: Print: Security Alerts, Sink: Print: User Metrics");
    }

    @Test
    void theGeneratorIsAsParallelAsTheJob() {
        assertThat(vertices("--source generator --rate 100"))
                .containsExactly(
                        "1: Source: Generator (splits)",
                        "4: Source: Generator, Parse, Sink: Print: Rejected, Event time, Late events,"
                                + " Sink: Print: Late",
                        "4: Analyse users, Sink: Print: Security Alerts, Sink: Print: User Metrics");
    }

    @Test
    void theTutorialsRulesHaveTheTutorialsTwoFunctionsAndNoEventTime() {
        assertThat(vertices("--source socket:localhost:9999 --rules tutorial"))
                .containsExactly(
                        "1: Source: Socket (splits)",
                        "1: Source: Socket, Number lines, Parse, Sink: Print: Rejected",
                        "4: Detect anomalies, Sink: Print: Security Alerts",
                        "4: User metrics, Sink: Print: User Metrics");
    }

    @Test
    void partsWithTheSameDirectoryShareASink() {
        List<String> vertices = vertices("--source file:a --output file:/out --alerts print --side file:/out/../out");
        assertThat(vertices).last().isEqualTo("4: Sink: Files: /out");
        assertThat(vertices)
                .filteredOn(vertex -> vertex.contains("Files: /out"))
                .hasSize(1);
    }

    @Test
    void aTopicIsReadInParallelWithEventTimeFromTheSourceAndATopicIsWrittenOnce() {
        assertThat(vertices("--source kafka --output kafka:h:1/out --side print"))
                .containsExactly(
                        "1: Source: Kafka (splits)",
                        "4: Source: Kafka, Parse, Sink: Print: Rejected, Late events, Sink: Print: Late",
                        "4: Analyse users",
                        "4: Sink: Kafka: out");
    }

    @Test
    void checkpointsThatMayTakeLongerThanATransactionAreRefusedAtSubmit() {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.getCheckpointConfig().setCheckpointTimeout(900_001);
        LogAnalysisJob.build(env, LogAnalysisOptions.parse("--output kafka:h:1/out --side print".split(" "), 2026));
        assertThatThrownBy(() -> env.getJobGraph("job"))
                .hasMessageContaining("[TXN_TIMEOUT_TOO_SHORT] transaction.timeout.ms is 900000 ms")
                .hasMessageContaining("(checkpoint.timeout) of 900001 ms")
                .hasMessageContaining("where: OutputStreams.java:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--source generator:tutorial --rules tutorial --count 10",
                "--source file:a --follow --format sshd --year 2015 --rate 5",
                "--source file:a --format access --output file:o --side file:s --metrics file:m --alerts file:a",
                "--source socket:h:1 --rate 7 --rules tutorial --output file:o",
                "--source kafka:h:1,i:2/logs --rules tutorial --rate 7 --group g --start timestamp:5 --alerts kafka:h:1/o"
            })
    void everyOptionGivesAJobWithTheTutorialsName(String args) {
        JobGraph graph = graph(args);
        assertThat(graph.name()).isEqualTo("Real-time Log Analysis");
        assertThat(graph.vertices()).allSatisfy(vertex -> assertThat(vertex.operators())
                .allSatisfy(operator -> assertThat(operator.payload()).isNotNull()));
    }

    @Test
    void badOptionsAreRefusedBeforeAnythingRuns() {
        assertThatThrownBy(() -> LogAnalysisJob.main(new String[] {"--rate", "fast"}))
                .hasMessageContaining("[OPTION_VALUE_INVALID] Option --rate does not accept 'fast'")
                .hasMessageContaining("Give a whole number from 1");
    }

    private static List<String> vertices(String args) {
        return graph(args).vertices().stream()
                .map(vertex -> vertex.parallelism() + ": "
                        + vertex.operators().stream().map(OperatorNode::name).collect(Collectors.joining(", ")))
                .toList();
    }

    private static JobGraph graph(String args) {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment().setParallelism(4);
        String[] words = args.isEmpty() ? new String[0] : args.split(" ", -1);
        LogAnalysisJob.build(env, LogAnalysisOptions.parse(words, 2026));
        return env.getJobGraph(LogAnalysisJob.NAME);
    }
}

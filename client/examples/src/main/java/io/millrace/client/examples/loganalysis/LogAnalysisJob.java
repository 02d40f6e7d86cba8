package io.millrace.client.examples.loganalysis;

import io.millrace.api.datastream.DataStream;
import io.millrace.api.datastream.KeyedStream;
import io.millrace.api.datastream.SingleOutputStreamOperator;
import io.millrace.api.environment.StreamExecutionEnvironment;
import io.millrace.client.examples.loganalysis.event.LogEvent;
import io.millrace.client.examples.loganalysis.functions.AnomalyDetector;
import io.millrace.client.examples.loganalysis.functions.EagerWatermarks;
import io.millrace.client.examples.loganalysis.functions.LateFilter;
import io.millrace.client.examples.loganalysis.functions.LineParser;
import io.millrace.client.examples.loganalysis.functions.PreciseAnalysis;
import io.millrace.client.examples.loganalysis.functions.UserMetricsCalculator;
import io.millrace.client.examples.loganalysis.options.LogAnalysisOptions;
import io.millrace.client.examples.loganalysis.options.LogSource;
import io.millrace.client.examples.loganalysis.options.RuleSet;
import io.millrace.client.examples.loganalysis.sources.LogLine;
import java.time.Year;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Finds attacks and odd returns in a log and measures what its users do. {@link LogAnalysisOptions#USAGE} has the
 * options.
 *
 * <p>Reading, parsing and event time have the parallelism of the source: 1 for files and sockets, whose lines have an
 * order; a topic has event time per partition, and a partition that brings nothing for a minute holds up nobody. Behind
 * the exchange by user everything is as parallel as the job.
 */
public final class LogAnalysisJob {
    public static final String NAME = "Real-time Log Analysis";

    private LogAnalysisJob() {}

    public static void main(String[] args) {
        if (List.of(args).contains("--help")) {
            System.out.print(LogAnalysisOptions.USAGE);
            return;
        }
        LogAnalysisOptions options =
                LogAnalysisOptions.parse(args, Year.now(ZoneOffset.UTC).getValue());
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        build(env, options);
        env.execute(NAME);
    }

    /** Adds the job that {@code options} ask for to {@code env}. */
    public static void build(StreamExecutionEnvironment env, LogAnalysisOptions options) {
        SingleOutputStreamOperator<LogEvent> events = options.source() instanceof LogSource.Kafka kafka
                ? KafkaStreams.events(env, kafka, options)
                : parsedLines(env, options);
        OutputStreams output = new OutputStreams();
        output.add("Rejected", events.getSideOutput(LineParser.REJECTED), options.side());
        if (options.rules() == RuleSet.PRECISE) {
            addPreciseRules(events, options, output);
        } else {
            addTutorialRules(events, options, output);
        }
        output.write();
    }

    private static SingleOutputStreamOperator<LogEvent> parsedLines(
            StreamExecutionEnvironment env, LogAnalysisOptions options) {
        DataStream<LogLine> lines = LineStreams.open(env, options.source(), options.rate());
        return lines.process(new LineParser(options.format(), options.year()))
                .setParallelism(lines.getParallelism())
                .name("Parse")
                .uid("parse");
    }

    /** A topic's records have their event time from the source, for each partition; other lines get it here. */
    private static SingleOutputStreamOperator<LogEvent> withEventTime(
            SingleOutputStreamOperator<LogEvent> events, LogSource source) {
        return source instanceof LogSource.Kafka
                ? events
                : events.assignTimestampsAndWatermarks(new EagerWatermarks())
                        .setParallelism(events.getParallelism())
                        .name("Event time")
                        .uid("event-time");
    }

    private static void addPreciseRules(
            SingleOutputStreamOperator<LogEvent> events, LogAnalysisOptions options, OutputStreams output) {
        int readers = events.getParallelism();
        SingleOutputStreamOperator<LogEvent> onTime = withEventTime(events, options.source())
                .process(new LateFilter())
                .setParallelism(readers)
                .name("Late events")
                .uid("late-events");
        output.add("Late", onTime.getSideOutput(LateFilter.LATE), options.side());
        SingleOutputStreamOperator<String> alerts = onTime.keyBy(LogEvent::userId)
                .process(new PreciseAnalysis())
                .name("Analyse users")
                .uid("analyse-users");
        output.add("Security Alerts", alerts, options.alerts());
        output.add("User Metrics", alerts.getSideOutput(PreciseAnalysis.METRICS), options.metrics());
    }

    private static void addTutorialRules(
            DataStream<LogEvent> events, LogAnalysisOptions options, OutputStreams output) {
        KeyedStream<LogEvent, String> users = events.keyBy(LogEvent::userId);
        DataStream<String> alerts =
                users.process(new AnomalyDetector()).name("Detect anomalies").uid("detect-anomalies");
        DataStream<String> metrics =
                users.process(new UserMetricsCalculator()).name("User metrics").uid("user-metrics");
        output.add("Security Alerts", alerts, options.alerts());
        output.add("User Metrics", metrics, options.metrics());
    }
}

package io.millrace.deploy.benchmarks.millrace;

import io.millrace.api.datastream.SingleOutputStreamOperator;
import io.millrace.api.environment.StreamExecutionEnvironment;
import io.millrace.api.eventtime.WatermarkStrategy;
import io.millrace.api.types.Types;
import io.millrace.deploy.benchmarks.workloads.JobOptions;
import io.millrace.deploy.benchmarks.workloads.LogEvent;
import io.millrace.deploy.benchmarks.workloads.LogLineFeed;
import io.millrace.deploy.benchmarks.workloads.TextDigest;

/** Log lines are parsed and go through the rules by user; alerts, metrics, late and rejected lines are counted. */
public final class LogAnalysisJob {

    private LogAnalysisJob() {}

    /** Takes the arguments of {@link JobOptions}. */
    public static void main(String[] args) throws Exception {
        JobOptions options = JobOptions.parse(args);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        SingleOutputStreamOperator<LogEvent> events = env.fromSource(
                        new FeedSource<>(options, LogLineFeed::new),
                        WatermarkStrategy.noWatermarks(),
                        "lines",
                        Types.STRING)
                .process(new ParseLine());
        SingleOutputStreamOperator<String> findings = events.assignTimestampsAndWatermarks(
                        WatermarkStrategy.<LogEvent>forGenerator(context -> new EveryRise())
                                .withTimestampAssigner((event, before) -> event.eventMillis()))
                .keyBy(LogEvent::getUserId)
                .process(new LogRules(options));
        findings.union(findings.getSideOutput(LogRules.LATE), events.getSideOutput(ParseLine.REJECTED))
                .sinkTo(new ProbeSink<>(options, TextDigest::digest));
        env.execute("log-analysis");
    }
}

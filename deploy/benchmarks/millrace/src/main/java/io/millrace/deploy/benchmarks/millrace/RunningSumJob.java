package io.millrace.deploy.benchmarks.millrace;

import io.millrace.api.environment.StreamExecutionEnvironment;
import io.millrace.api.eventtime.WatermarkStrategy;
import io.millrace.api.types.TypeInformation;
import io.millrace.deploy.benchmarks.workloads.Amount;
import io.millrace.deploy.benchmarks.workloads.AmountFeed;
import io.millrace.deploy.benchmarks.workloads.JobOptions;

/** Adds up the amounts of every account and emits each new sum. */
public final class RunningSumJob {

    private RunningSumJob() {}

    /** Takes the arguments of {@link JobOptions}. */
    public static void main(String[] args) throws Exception {
        JobOptions options = JobOptions.parse(args);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.fromSource(
                        new FeedSource<>(options, AmountFeed::new),
                        WatermarkStrategy.noWatermarks(),
                        "amounts",
                        TypeInformation.of(Amount.class))
                .keyBy(Amount::getAccount)
                .process(new RunningSum())
                .sinkTo(new ProbeSink<>(options, Amount::digest));
        env.execute("running-sum");
    }
}

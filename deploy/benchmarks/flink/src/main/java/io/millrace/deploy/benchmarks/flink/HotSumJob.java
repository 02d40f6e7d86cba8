package io.millrace.deploy.benchmarks.flink;

import io.millrace.deploy.benchmarks.workloads.Amount;
import io.millrace.deploy.benchmarks.workloads.HotAmountFeed;
import io.millrace.deploy.benchmarks.workloads.JobOptions;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Adds up amounts where few of many accounts have any, and emits each new sum. */
public final class HotSumJob {

    private HotSumJob() {}

    /** Takes the arguments of {@link JobOptions}. */
    public static void main(String[] args) throws Exception {
        JobOptions options = JobOptions.parse(args);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.fromSource(
                        new FeedSource<>(options, HotAmountFeed::new),
                        WatermarkStrategy.noWatermarks(),
                        "amounts",
                        TypeInformation.of(Amount.class))
                .keyBy(Amount::getAccount)
                .process(new RunningSum())
                .sinkTo(new ProbeSink<>(options, Amount::digest));
        env.execute("running-sum-hot");
    }
}

package io.millrace.deploy.benchmarks.flink;

import io.millrace.deploy.benchmarks.workloads.JobOptions;
import io.millrace.deploy.benchmarks.workloads.Reading;
import io.millrace.deploy.benchmarks.workloads.ReadingFeed;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Readings cross a keyed exchange and are counted. */
public final class ExchangeJob {

    private ExchangeJob() {}

    /** Takes the arguments of {@link JobOptions}. */
    public static void main(String[] args) throws Exception {
        JobOptions options = JobOptions.parse(args);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.fromSource(
                        new FeedSource<>(options, ReadingFeed::new),
                        WatermarkStrategy.noWatermarks(),
                        "readings",
                        TypeInformation.of(Reading.class))
                .keyBy(Reading::getSensor)
                .sinkTo(new ProbeSink<>(options, Reading::digest));
        env.execute("exchange");
    }
}

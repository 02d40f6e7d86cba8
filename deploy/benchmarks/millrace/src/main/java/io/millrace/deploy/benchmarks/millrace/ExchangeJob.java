package io.millrace.deploy.benchmarks.millrace;

import io.millrace.api.environment.StreamExecutionEnvironment;
import io.millrace.api.eventtime.WatermarkStrategy;
import io.millrace.api.types.TypeInformation;
import io.millrace.deploy.benchmarks.workloads.JobOptions;
import io.millrace.deploy.benchmarks.workloads.Reading;
import io.millrace.deploy.benchmarks.workloads.ReadingFeed;

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

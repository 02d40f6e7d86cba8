package io.millrace.deploy.benchmarks.millrace;

import io.millrace.api.environment.StreamExecutionEnvironment;
import io.millrace.api.eventtime.WatermarkStrategy;
import io.millrace.api.types.TypeInformation;
import io.millrace.deploy.benchmarks.workloads.JobOptions;
import io.millrace.deploy.benchmarks.workloads.Reading;
import io.millrace.deploy.benchmarks.workloads.ReadingFeed;

/** Readings at a fixed rate cross a keyed exchange, touch keyed state, and are timed at the sink. */
public final class LatencyJob {

    private LatencyJob() {}

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
                .process(new Deviation())
                .sinkTo(new LatencySink(options));
        env.execute("latency");
    }
}

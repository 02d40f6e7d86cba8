package io.millrace.deploy.process.jobs;

import io.millrace.api.environment.StreamExecutionEnvironment;
import io.millrace.api.eventtime.WatermarkStrategy;
import io.millrace.api.source.RateLimitedSource;
import io.millrace.api.source.lib.NumberSequenceSource;
import io.millrace.client.connectors.files.FileSink;
import io.millrace.client.connectors.files.SimpleStringEncoder;
import java.nio.file.Path;

/** Writes lines that say when they were made, in milliseconds, until it is cancelled. */
public final class ClockLinesJob {
    private static final double PER_SECOND = 10_000;

    private ClockLinesJob() {}

    /** @param arguments output directory */
    public static void main(String[] arguments) {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(2);
        env.fromSource(
                        RateLimitedSource.of(new NumberSequenceSource(0, Long.MAX_VALUE - 1), PER_SECOND),
                        WatermarkStrategy.noWatermarks(),
                        "numbers")
                .map(number -> number + " " + System.currentTimeMillis())
                .keyBy(line -> line)
                .sinkTo(FileSink.forRowFormat(Path.of(arguments[0]), new SimpleStringEncoder<String>())
                        .build());
        env.execute("clock lines");
    }
}

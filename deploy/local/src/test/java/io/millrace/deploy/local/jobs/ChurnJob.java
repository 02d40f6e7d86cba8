package io.millrace.deploy.local.jobs;

import io.millrace.api.datastream.SingleOutputStreamOperator;
import io.millrace.api.environment.StreamExecutionEnvironment;
import io.millrace.api.eventtime.WatermarkStrategy;
import io.millrace.api.windowing.TumblingEventTimeWindows;
import io.millrace.common.core.config.Configuration;
import java.time.Duration;
import java.util.Map;

/** A job without end that has some of everything: exchanges, keyed state, both kinds of timers, windows, two sinks. */
public final class ChurnJob {

    private ChurnJob() {}

    /** @param arguments the {@link Conduct} */
    public static void main(String[] arguments) {
        Conduct conduct = Conduct.valueOf(arguments[0]);
        // Its failures are to be its end.
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(
                Configuration.of(Map.of("restart.strategy", "none"), "the churn job"));
        SingleOutputStreamOperator<Reading> tallied = env.fromSequence(0, Long.MAX_VALUE - 1)
                .map(Reading::of)
                .assignTimestampsAndWatermarks(WatermarkStrategy.<Reading>forMonotonousTimestamps()
                        .withTimestampAssigner((reading, before) -> reading.atMillis()))
                .keyBy(Reading::key)
                .process(new Tally(conduct));
        tallied.rebalance().sinkTo(new ChurnSink(conduct));
        tallied.keyBy(Reading::key)
                .window(TumblingEventTimeWindows.of(Duration.ofSeconds(1)))
                .reduce((first, second) -> {
                    conduct.at(Conduct.FAILS_IN_WINDOW);
                    return second;
                })
                .sinkTo(new ChurnSink(Conduct.FLOWING));
        env.execute("churn " + conduct);
    }
}

package io.millrace.deploy.process.jobs;

import io.millrace.api.datastream.KeyedStream;
import io.millrace.api.datastream.SingleOutputStreamOperator;
import io.millrace.api.environment.StreamExecutionEnvironment;
import io.millrace.api.eventtime.Watermark;
import io.millrace.api.eventtime.WatermarkGenerator;
import io.millrace.api.eventtime.WatermarkOutput;
import io.millrace.api.eventtime.WatermarkStrategy;
import io.millrace.api.functions.MapFunction;
import io.millrace.api.serialization.SimpleStringSchema;
import io.millrace.api.sink.DeliveryGuarantee;
import io.millrace.api.source.lib.NumberSequenceSource;
import io.millrace.api.util.OutputTag;
import io.millrace.api.windowing.TumblingEventTimeWindows;
import io.millrace.client.connectors.files.FileSink;
import io.millrace.client.connectors.files.SimpleStringEncoder;
import io.millrace.client.connectors.kafka.sink.KafkaRecordSerializationSchema;
import io.millrace.client.connectors.kafka.sink.KafkaSink;
import io.millrace.deploy.process.jobs.SeededNumbers.Numbered;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Numbers with a sequence per key, counted, windowed twice and timed; every line of its output is the same whatever
 * fails in between. Some records are late, and are told: those of the windows, too.
 */
public final class SequenceJob {
    static final OutputTag<Numbered> LATE_FOR_WINDOWS = new OutputTag<>("late-for-windows") {};

    private static final long PER_SECOND = 2_000;
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final Duration LONG = Duration.ofSeconds(1);

    private SequenceJob() {}

    /** @param arguments output directory, how many numbers, seed, control directory, brokers, topic */
    public static void main(String[] arguments) {
        Path output = Path.of(arguments[0]);
        String control = arguments[3];
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(3);
        SeededNumbers numbers = new SeededNumbers(Long.parseLong(arguments[2]));
        WatermarkStrategy<Long> strategy = WatermarkStrategy.<Long>forGenerator(context -> new AfterEveryNumber())
                .withTimestampAssigner((number, timestamp) -> numbers.timeOf(number));
        Gate keyedGate = new Gate(control, "keyed");
        KeyedStream<Numbered, Long> keyed = env.fromSource(
                        new NumberSequenceSource(0, Long.parseLong(arguments[1]) - 1), strategy, "numbers")
                .setParallelism(1)
                .map(new Paced<>(control, keyedGate, PER_SECOND))
                .setParallelism(1)
                .map(numbers::of)
                .setParallelism(1)
                .keyBy(Numbered::key);

        SingleOutputStreamOperator<String> counts = keyed.process(new Sequences(new Gate(control, "open"), keyedGate));
        counts.sinkTo(topic(arguments[4], arguments[5]));
        counts.sinkTo(new BarrierWitness<>(control)).name("witness");
        counts.getSideOutput(Sequences.LATE).sinkTo(files(output.resolve("late")));

        SingleOutputStreamOperator<Sum> sums = keyed.window(TumblingEventTimeWindows.of(SHORT))
                .sideOutputLateData(LATE_FOR_WINDOWS)
                .apply((key, window, records, out) -> {
                    long sum = 0;
                    for (Numbered record : records) {
                        sum += record.sequence();
                    }
                    out.collect(new Sum(window.getEnd() / SHORT.toMillis() % 3, window.getEnd(), sum));
                });
        sums.getSideOutput(LATE_FOR_WINDOWS)
                .map(record -> "late for its window " + record.key() + " " + record.sequence())
                .sinkTo(files(output.resolve("late-for-windows")));
        sums.keyBy(Sum::group)
                .window(TumblingEventTimeWindows.of(LONG))
                .reduce((left, right) ->
                        new Sum(left.group(), Math.max(left.endMs(), right.endMs()), left.total() + right.total()))
                .map(new AtTheGate(new Gate(control, "last")))
                .setParallelism(1)
                .map(sum -> "window " + sum.group() + " " + sum.endMs() + " " + sum.total())
                .setParallelism(1)
                .sinkTo(files(output.resolve("windows")))
                .setParallelism(1);
        env.execute("sequences");
    }

    private static FileSink<String> files(Path directory) {
        return FileSink.forRowFormat(directory, new SimpleStringEncoder<String>())
                .build();
    }

    private static KafkaSink<String> topic(String brokers, String topic) {
        return KafkaSink.<String>builder()
                .setBootstrapServers(brokers)
                .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                .setTransactionalIdPrefix(topic)
                .setProperty("transaction.timeout.ms", "600000")
                .setRecordSerializer(KafkaRecordSerializationSchema.<String>builder()
                        .setTopic(topic)
                        .setValueSerializationSchema(new SimpleStringSchema())
                        .build())
                .build();
    }

    /** Of the records of a window. */
    private record Sum(long group, long endMs, long total) {}

    /** Passes a gate at each element. */
    private record AtTheGate(Gate gate) implements MapFunction<Sum, Sum> {
        @Override
        public Sum map(Sum sum) throws Exception {
            gate.pass();
            return sum;
        }
    }

    /** What is older than the newest by more than the bound is late, judged by the numbers before it alone. */
    private static final class AfterEveryNumber implements WatermarkGenerator<Long> {
        private long newest = Long.MIN_VALUE;

        @Override
        public void onEvent(Long event, long eventTimestamp, WatermarkOutput output) {
            if (eventTimestamp > newest) {
                newest = eventTimestamp;
                output.emitWatermark(new Watermark(newest - SeededNumbers.OUT_OF_ORDER_MS));
            }
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {}
    }
}

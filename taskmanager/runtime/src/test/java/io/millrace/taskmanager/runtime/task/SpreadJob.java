package io.millrace.taskmanager.runtime.task;

import io.millrace.api.datastream.DataStream;
import io.millrace.api.environment.CheckpointingMode;
import io.millrace.api.environment.StreamExecutionEnvironment;
import io.millrace.common.graph.JobGraph;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Numbers on their way through two exchanges of any kind to a sink, with barriers that do not wait for alignment.
 *
 * @param first and {@code second}: how the elements are spread
 * @param maps and {@code sinks}: parallelism
 * @param copies how often each number arrives
 */
record SpreadJob(int processes, int first, int second, int maps, int sinks, int copies) implements FlowJob {
    static final int ELEMENTS = 1_500;
    private static final int BROADCAST = 5;

    /** @param ways draws the exchanges, which stay the same when the parallelism changes */
    static SpreadJob random(Random random, long ways) {
        Random kinds = new Random(ways);
        int first = kinds.nextInt(BROADCAST + 1);
        int second = kinds.nextInt(BROADCAST);
        int maps = first == BROADCAST ? 2 : 1 + random.nextInt(3);
        return new SpreadJob(
                1 + random.nextInt(2), first, second, maps, 1 + random.nextInt(3), first == BROADCAST ? 2 : 1);
    }

    private static DataStream<Long> spread(DataStream<Long> stream, int way) {
        return switch (way) {
            case 0 -> stream.rebalance();
            case 1 -> stream.global();
            case 2 -> stream.shuffle();
            case 3 -> stream.partitionCustom((key, count) -> (int) (key % count), value -> value);
            case 4 -> stream.keyBy(value -> value);
            default -> stream.broadcast();
        };
    }

    @Override
    public JobGraph graph() {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment()
                .enableCheckpointing(1_000, CheckpointingMode.EXACTLY_ONCE);
        env.getCheckpointConfig().setAlignedCheckpointTimeout(Duration.ZERO);
        DataStream<Long> mapped = spread(env.fromSequence(1, ELEMENTS).setParallelism(2), first)
                .map(value -> value + 1)
                .setParallelism(maps);
        spread(mapped, second)
                .map(value -> "number " + value)
                .setParallelism(sinks)
                .sinkTo(new Ledger())
                .setParallelism(sinks);
        return env.getJobGraph("spread");
    }

    List<String> expected() {
        List<String> lines = new ArrayList<>();
        for (int number = 2; number <= ELEMENTS + 1; number++) {
            for (int copy = 0; copy < copies; copy++) {
                lines.add("number " + number);
            }
        }
        return lines;
    }
}

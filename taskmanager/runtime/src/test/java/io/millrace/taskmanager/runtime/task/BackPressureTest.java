package io.millrace.taskmanager.runtime.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.eventtime.WatermarkStrategy;
import io.millrace.api.plan.ExchangeSpec;
import io.millrace.api.plan.FlatMapSpec;
import io.millrace.api.plan.SinkSpec;
import io.millrace.api.types.Types;
import io.millrace.common.graph.ExchangeKind;
import io.millrace.taskmanager.runtime.rig.CollectingSink;
import io.millrace.taskmanager.runtime.rig.JobRig;
import io.millrace.taskmanager.runtime.rig.JobSketch;
import io.millrace.taskmanager.runtime.rig.ListSource;
import io.millrace.taskmanager.runtime.rig.RoomyResults;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A sink that takes nothing stops its source, and what waits in between is bounded. */
class BackPressureTest {
    private static final long RECORDS = 300_000;

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aSinkWithoutRoomStopsTheSourceAndGoesOnWhenRoomComes(int processes) {
        JobRig rig = new JobRig(processes, 2);
        RoomyResults results = new RoomyResults(100);
        rig.collectInto(results);
        CountedList<Long> source =
                new CountedList<>(LongStream.range(0, RECORDS).boxed().toList());
        JobSketch job = rig.sketch();
        int from = job.source(
                new ListSource<>(List.of(source)),
                1,
                WatermarkStrategy.noWatermarks(),
                Types.LONG,
                new FlatMapSpec<Long, Long>(
                        (value, out) -> {
                            out.collect(value);
                            out.collect(value);
                        },
                        Types.LONG));
        int to = job.vertex("Sink", 1, new SinkSpec<>(new CollectingSink()));
        job.edge(from, to, ExchangeKind.REBALANCE, new ExchangeSpec<>(Types.LONG, null, null));

        rig.deploy(job).start().settle();
        long readWithoutRoom = source.read();
        rig.advance(Duration.ofSeconds(60));

        assertThat(results.taken()).isEqualTo(100);
        assertThat(source.read()).isEqualTo(readWithoutRoom).isLessThan(10_000);
        results.makeRoom(Long.MAX_VALUE);
        rig.settle();
        assertThat(results.taken()).isEqualTo(2 * RECORDS);
        assertThat(rig.states().values()).containsOnly(TaskState.FINISHED);
        assertThat(rig.finalStatistics().values()).anySatisfy(statistics -> assertThat(statistics.blockedNanos())
                .isGreaterThanOrEqualTo(Duration.ofSeconds(60).toNanos()));
        assertThat(rig.isClean()).isTrue();
    }

    /** A list that knows how far it was read. */
    private static final class CountedList<T> extends java.util.AbstractList<T> {
        private final List<T> elements;
        private long read;

        CountedList(List<T> elements) {
            this.elements = elements;
        }

        long read() {
            return read;
        }

        @Override
        public T get(int index) {
            read = Math.max(read, index + 1L);
            return elements.get(index);
        }

        @Override
        public int size() {
            return elements.size();
        }
    }
}

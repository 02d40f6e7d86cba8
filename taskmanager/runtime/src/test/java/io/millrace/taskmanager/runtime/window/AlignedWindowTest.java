package io.millrace.taskmanager.runtime.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.millrace.api.functions.AggregateFunction;
import io.millrace.api.functions.ProcessWindowFunction;
import io.millrace.api.plan.Keying;
import io.millrace.api.plan.WindowComputation;
import io.millrace.api.plan.WindowSpec;
import io.millrace.api.types.TypeInformation;
import io.millrace.api.types.Types;
import io.millrace.api.util.Collector;
import io.millrace.api.util.OutputTag;
import io.millrace.api.windowing.AlignedWindows;
import io.millrace.api.windowing.TimeWindow;
import io.millrace.api.windowing.TumblingEventTimeWindows;
import io.millrace.api.windowing.TumblingProcessingTimeWindows;
import io.millrace.taskmanager.runtime.rig.OneStep;
import io.millrace.taskmanager.runtime.rig.RecordingSink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AlignedWindowTest {
    private static final Keying<Long, Long> BY_LAST_DIGIT = new Keying<>(value -> value % 10, Types.LONG);
    private static final OutputTag<Long> LATE = new OutputTag<>("late", Types.LONG);
    private static final TumblingEventTimeWindows TENS = TumblingEventTimeWindows.of(Duration.ofMillis(10));

    private static final WindowComputation<Long, Long, TimeWindow, Long> SUM =
            new WindowComputation.Reduce<>(Long::sum, Types.LONG, null);

    private static <R> OneStep<Long, R> step(
            AlignedWindows<Object> windows,
            long lateness,
            @Nullable OutputTag<Long> late,
            WindowComputation<Long, Long, TimeWindow, R> computation,
            TypeInformation<R> type) {
        return new OneStep<>(
                Types.LONG,
                BY_LAST_DIGIT,
                new WindowSpec<Long, Long, TimeWindow, R>(BY_LAST_DIGIT, windows, lateness, late, computation, type),
                late == null ? Map.of() : Map.of("late", Types.LONG));
    }

    @Test
    void aWindowFiresPerKeyWhenTheWatermarkReachesItsLastTimestamp() {
        OneStep<Long, Long> step = step(TENS, 0, null, SUM, Types.LONG);

        step.source().emit(1L, 3).emit(11L, 9).emit(2L, 0).emit(31L, 10).watermark(8);
        step.run();
        assertThat(step.sink().elements()).isEmpty();
        step.source().watermark(9);
        step.run();
        assertThat(step.sink().written())
                .extracting(RecordingSink.Written::element, RecordingSink.Written::timestamp)
                .containsExactly(tuple(12L, 9L), tuple(2L, 9L));
        step.source().end();
        step.run();
        assertThat(step.sink().elements()).containsExactly(12L, 2L, 31L);
        assertThat(step.rig().isClean()).isTrue();
    }

    @Test
    void anElementForAnExpiredWindowIsDroppedAndCounted() {
        OneStep<Long, Long> step = step(TENS, 0, null, SUM, Types.LONG);

        step.source().emit(1L, 3).watermark(9).emit(11L, 9).emit(21L, 10).end();
        step.run();

        assertThat(step.sink().elements()).containsExactly(1L, 21L);
        assertThat(step.rig().finalStatistics().values())
                .flatExtracting(statistics -> statistics.operators())
                .filteredOn(operator -> operator.name().equals("Tested.Window"))
                .extracting(operator -> operator.lateRecords(), operator -> operator.recordsIn(), o -> o.recordsOut())
                .containsExactly(tuple(1L, 3L, 2L));
    }

    @Test
    void lateElementsWithinTheAllowanceFireTheWindowAgainAndLaterOnesGoToTheSideOutput() {
        OneStep<Long, Long> step = step(TENS, 5, LATE, SUM, Types.LONG);

        step.source()
                .emit(1L, 3)
                .watermark(9)
                .emit(11L, 4)
                .watermark(13)
                .emit(21L, 4)
                .emit(2L, 9);
        step.source().watermark(14).emit(31L, 4).end();
        step.run();

        assertThat(step.sink().elements()).containsExactly(1L, 12L, 33L, 2L);
        assertThat(step.sink().written())
                .extracting(RecordingSink.Written::timestamp)
                .containsOnly(9L);
        assertThat(step.side().elements()).containsExactly(31L);
        assertThat(step.side().written().get(0).timestamp()).isEqualTo(4);
    }

    /** Joins values, to show what an evaluation sees. */
    private static final class Join implements AggregateFunction<Long, StringBuilder, String> {
        private static final long serialVersionUID = 1L;

        @Override
        public StringBuilder createAccumulator() {
            return new StringBuilder();
        }

        @Override
        public StringBuilder add(Long value, StringBuilder accumulator) {
            return accumulator.append(value).append(' ');
        }

        @Override
        public String getResult(StringBuilder accumulator) {
            return accumulator.toString().strip();
        }

        @Override
        public StringBuilder merge(StringBuilder a, StringBuilder b) {
            throw new AssertionError("aligned windows never merge");
        }
    }

    /** Says what it sees, and when it is cleared. */
    private static final class Tell<I> extends ProcessWindowFunction<I, String, Long, TimeWindow> {
        private static final long serialVersionUID = 1L;
        private static final OutputTag<Long> CLEARED = new OutputTag<>("late", Types.LONG);

        @Override
        public void process(Long key, Context context, Iterable<I> elements, Collector<String> out) {
            List<I> all = new ArrayList<>();
            elements.forEach(all::add);
            out.collect(key + " " + context.window().start() + " " + all + " wm " + context.currentWatermark());
        }

        @Override
        public void clear(Context context) {
            context.output(CLEARED, context.window().end());
        }
    }

    @Test
    void anEvaluationSeesTheAggregateAsOneElementAndIsToldWhenTheWindowGoes() {
        OneStep<Long, String> step = step(
                TENS,
                0,
                LATE,
                new WindowComputation.Aggregate<>(new Join(), dynamic(StringBuilder.class), new Tell<>()),
                Types.STRING);

        step.source().emit(1L, 3).emit(11L, 9).watermark(30).end();
        step.run();

        assertThat(step.sink().elements()).containsExactly("1 0 [1 11] wm 30");
        assertThat(step.side().elements()).containsExactly(10L);
    }

    private static <T> TypeInformation<T> dynamic(Class<T> type) {
        return new io.millrace.api.types.DynamicType<>(type);
    }

    @Test
    void aWindowThatKeepsAllElementsSeesThemInOrderOfArrival() {
        OneStep<Long, String> step =
                step(TENS, 100, LATE, new WindowComputation.KeepAll<>(Types.LONG, new Tell<>()), Types.STRING);

        step.source().emit(21L, 3).emit(1L, 2).watermark(9).emit(11L, 1).end();
        step.run();

        assertThat(step.sink().elements()).containsExactly("1 0 [21, 1] wm 9", "1 0 [21, 1, 11] wm 9");
        assertThat(step.side().elements()).containsExactly(10L);
    }

    @Test
    void aProcessingTimeWindowFiresWhenTheClockReachesItsEnd() {
        OneStep<Long, Long> step =
                step(TumblingProcessingTimeWindows.of(Duration.ofSeconds(1)), 0, null, SUM, Types.LONG);

        step.source().emitWithoutTimestamp(1L).emitWithoutTimestamp(11L).emitWithoutTimestamp(2L);
        step.run();
        step.rig().advance(Duration.ofMillis(999));
        assertThat(step.sink().elements()).isEmpty();
        step.rig().advance(Duration.ofMillis(1));
        assertThat(step.sink().elements()).containsExactly(12L, 2L);
        step.source().emitWithoutTimestamp(21L);
        step.run();
        step.rig().advance(Duration.ofSeconds(1));

        assertThat(step.sink().elements()).containsExactly(12L, 2L, 21L);
    }

    @Test
    void anElementWithoutTimestampFailsAnEventTimeWindow() {
        OneStep<Long, Long> step = step(TENS, 0, null, SUM, Types.LONG);

        step.source().emitWithoutTimestamp(1L);
        step.run();

        assertThat(step.rig().failures().values())
                .extracting(failure -> failure.problem().code())
                .containsExactly("TIMESTAMP_MISSING");
    }

    /** Sliding windows: each element is in as many of them as the size is slides. */
    private record Sliding(long sizeMillis, long slideMillis, long offsetMillis) implements AlignedWindows<Object> {
        @Override
        public boolean isEventTime() {
            return true;
        }
    }

    /** One step of a random stream: an element, or a watermark if {@code key} is negative. */
    private record Event(int key, int timestamp) {}

    @Property(tries = 300)
    void windowsGiveWhatANaiveModelGives(
            @ForAll @Size(max = 60) List<@IntRange(min = 0, max = 399) Integer> steps,
            @ForAll @IntRange(min = 1, max = 12) int size,
            @ForAll @IntRange(min = 1, max = 12) int slide,
            @ForAll @IntRange(min = 0, max = 11) int offset,
            @ForAll @IntRange(min = 0, max = 15) int lateness) {
        long usedSlide = Math.min(slide, size);
        OneStep<Long, Long> step =
                step(new Sliding(size, usedSlide, offset % usedSlide), lateness, LATE, SUM, Types.LONG);
        NaiveWindows model = new NaiveWindows(size, usedSlide, offset % usedSlide, lateness);

        long number = 0;
        for (int encoded : steps) {
            Event event = new Event(encoded % 4 - 1, encoded / 4);
            if (event.key() < 0) {
                step.source().watermark(event.timestamp());
                model.watermark(event.timestamp());
            } else {
                long value = 10 * number++ + event.key();
                step.source().emit(value, event.timestamp());
                model.element(value, event.timestamp());
            }
        }
        step.source().end();
        model.watermark(Long.MAX_VALUE);
        step.run();

        assertThat(step.rig().failures()).isEmpty();
        assertThat(step.sink().written())
                .extracting(RecordingSink.Written::element, RecordingSink.Written::timestamp)
                .containsExactlyElementsOf(model.fired.stream()
                        .map(fired -> tuple(fired.sum(), fired.timestamp()))
                        .toList());
        assertThat(step.side().elements()).containsExactlyElementsOf(model.late);
        assertThat(step.rig().isClean()).isTrue();
    }

    /** Every window as a map from key to sum, looked through at each watermark. */
    private static final class NaiveWindows {
        private record Fired(long sum, @Nullable Long timestamp) {}

        private final long size;
        private final long slide;
        private final long offset;
        private final long lateness;
        private final TreeMap<Long, Map<Long, Long>> sums = new TreeMap<>();
        private final List<Fired> fired = new ArrayList<>();
        private final List<Object> late = new ArrayList<>();
        private long watermark = Long.MIN_VALUE;

        NaiveWindows(long size, long slide, long offset, long lateness) {
            this.size = size;
            this.slide = slide;
            this.offset = offset;
            this.lateness = lateness;
        }

        void element(long value, long timestamp) {
            boolean taken = false;
            for (long end = -1_000; end < 2_000; end++) {
                boolean holds = end - size <= timestamp && timestamp < end;
                if (holds && Math.floorMod(end - size - offset, slide) == 0 && end - 1 + lateness > watermark) {
                    taken = true;
                    long sum = sums.computeIfAbsent(end, absent -> new java.util.LinkedHashMap<>())
                            .merge(value % 10, value, Long::sum);
                    if (end - 1 <= watermark) {
                        fired.add(new Fired(sum, end - 1));
                    }
                }
            }
            if (!taken) {
                late.add(value);
            }
        }

        void watermark(long timestamp) {
            if (timestamp <= watermark) {
                return;
            }
            sums.forEach((end, perKey) -> {
                if (end - 1 > watermark && end - 1 <= timestamp) {
                    perKey.values().forEach(sum -> fired.add(new Fired(sum, end - 1)));
                }
            });
            sums.keySet().removeIf(end -> end - 1 + lateness <= timestamp);
            watermark = timestamp;
        }
    }
}

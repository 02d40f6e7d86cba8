package io.millrace.taskmanager.runtime.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.functions.KeyedProcessFunction;
import io.millrace.api.functions.OpenContext;
import io.millrace.api.functions.TimeDomain;
import io.millrace.api.plan.KeyedProcessSpec;
import io.millrace.api.plan.Keying;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.types.Types;
import io.millrace.api.util.Collector;
import io.millrace.api.util.OutputTag;
import io.millrace.taskmanager.runtime.rig.OneStep;
import io.millrace.taskmanager.runtime.rig.RecordingSink;
import io.millrace.taskmanager.runtime.task.TaskState;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeyedProcessTest {
    private static final Keying<Long, Long> BY_LAST_DIGIT = new Keying<>(value -> value % 10, Types.LONG);
    private static final OutputTag<String> SIDE = new OutputTag<>("side", Types.STRING);

    private static OneStep<Long, String> step(KeyedProcessFunction<Long, Long, String> function) {
        return new OneStep<>(
                Types.LONG,
                BY_LAST_DIGIT,
                new KeyedProcessSpec<>(function, BY_LAST_DIGIT, Types.STRING),
                Map.of("side", Types.STRING));
    }

    /** Registers an event timer at each value and counts elements per key. */
    private static final class Timers extends KeyedProcessFunction<Long, Long, String> {
        private static final long serialVersionUID = 1L;
        private transient ValueState<Long> count;

        @Override
        public void open(OpenContext openContext) {
            count = getRuntimeContext().getState(new ValueStateDescriptor<>("count", Types.LONG));
        }

        @Override
        public void processElement(Long value, Context ctx, Collector<String> out) {
            Long before = count.value();
            count.update(before == null ? 1 : before + 1);
            ctx.timerService().registerEventTimeTimer(value);
            ctx.timerService().registerEventTimeTimer(value);
        }

        @Override
        public void onTimer(long timestamp, OnTimerContext ctx, Collector<String> out) {
            assertThat(ctx.timeDomain()).isEqualTo(TimeDomain.EVENT_TIME);
            assertThat(ctx.timestamp()).isEqualTo(timestamp);
            out.collect(ctx.getCurrentKey() + "@" + timestamp + "#" + count.value() + " wm "
                    + ctx.timerService().currentWatermark());
            ctx.output(SIDE, "side " + timestamp);
        }
    }

    @Test
    void eventTimersFireInOrderOncePerKeyAndTimeWithTheWatermarkInForce() {
        OneStep<Long, String> step = step(new Timers());

        step.source().emit(21L, 0).emit(13L, 0).emit(11L, 0).emit(21L, 0).watermark(20);
        step.run();
        assertThat(step.sink().elements()).containsExactly("1@11#3 wm 20", "3@13#1 wm 20");
        step.source().watermark(100);
        step.run();

        assertThat(step.sink().written())
                .extracting(RecordingSink.Written::element, RecordingSink.Written::timestamp)
                .endsWith(org.assertj.core.groups.Tuple.tuple("1@21#3 wm 100", 21L));
        assertThat(step.side().elements()).containsExactly("side 11", "side 13", "side 21");
        assertThat(step.side().written())
                .extracting(RecordingSink.Written::timestamp)
                .containsExactly(11L, 13L, 21L);
    }

    @Test
    void theWatermarkFollowsWhatItsTimersEmit() {
        OneStep<Long, String> step = step(new Timers());

        step.source().emit(5L, 0).watermark(7).emit(8L, 0).watermark(9);
        step.run();

        assertThat(step.sink().written())
                .extracting(RecordingSink.Written::element, RecordingSink.Written::watermark)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("5@5#1 wm 7", Long.MIN_VALUE),
                        org.assertj.core.groups.Tuple.tuple("8@8#1 wm 9", 7L));
    }

    @Test
    void timersThatOverrunTheOutputFireAllTheSame() {
        OneStep<Long, String> step = step(new Timers());

        for (long i = 0; i < 20_000; i++) {
            step.source().emit(i, 0);
        }
        step.source().watermark(50_000).emit(60_000L, 0).watermark(70_000).end();
        step.run();

        assertThat(step.rig().failures()).isEmpty();
        assertThat(step.sink().elements()).hasSize(20_001);
        assertThat(step.sink().elements().get(0)).isEqualTo("0@0#2000 wm 50000");
        assertThat(step.sink().elements().get(20_000)).isEqualTo("0@60000#2001 wm 70000");
        assertThat(step.sink().written().get(20_000).watermark()).isEqualTo(50_000);
        assertThat(step.rig().states().values()).containsOnly(TaskState.FINISHED);
        assertThat(step.rig().isClean()).isTrue();
    }

    /** Registers a processing timer a second after each element. */
    private static final class Clockwork extends KeyedProcessFunction<Long, Long, String> {
        private static final long serialVersionUID = 1L;

        @Override
        public void processElement(Long value, Context ctx, Collector<String> out) {
            ctx.timerService().registerProcessingTimeTimer(ctx.timerService().currentProcessingTime() + 1_000);
        }

        @Override
        public void onTimer(long timestamp, OnTimerContext ctx, Collector<String> out) {
            out.collect(ctx.timeDomain() + " of " + ctx.getCurrentKey());
        }
    }

    @Test
    void processingTimersFireWhenTheClockReachesThem() {
        OneStep<Long, String> step = step(new Clockwork());

        step.source().emit(4L, 77);
        step.run();
        step.rig().advance(Duration.ofMillis(999));
        assertThat(step.sink().elements()).isEmpty();
        step.rig().advance(Duration.ofMillis(1));

        assertThat(step.sink().elements()).containsExactly("PROCESSING_TIME of 4");
        assertThat(step.sink().written().get(0).timestamp()).isNull();
    }

    @Test
    void aSlotKnowsWhenTheNextTimerIsDue() {
        OneStep<Long, String> step = step(new Clockwork());
        step.source().emit(4L, 77);
        step.run();

        long now = step.rig().clock().nanoTime();
        long next = Math.min(
                step.rig().slot(0).nextDeadlineNanos(), step.rig().slot(1).nextDeadlineNanos());

        assertThat(next)
                .isGreaterThan(now)
                .isLessThanOrEqualTo(now + Duration.ofSeconds(1).toNanos());
    }

    /** Fails at a negative element. */
    private static final class Fragile extends KeyedProcessFunction<Long, Long, String> {
        private static final long serialVersionUID = 1L;

        @Override
        public void processElement(Long value, Context ctx, Collector<String> out) {
            if (value < 0) {
                throw new IllegalStateException("negative: " + value);
            }
        }
    }

    @Test
    void anExceptionOfTheUsersFailsTheTaskWithOperatorPlaceAndTrace() {
        OneStep<Long, String> step = step(new Fragile());

        step.source().emit(1L, 0).emit(-1L, 0);
        step.run();

        assertThat(step.rig().failures()).hasSize(1);
        var failure = step.rig().failures().values().iterator().next();
        assertThat(failure.problem().code()).isEqualTo("USER_FUNCTION_FAILED");
        assertThat(failure.problem().what()).contains("Tested.KeyedProcess", "IllegalStateException", "negative: -1");
        assertThat(failure.problem().where()).contains("subtask 1 of 1", "Job.java:2");
        assertThat(failure.stackTrace())
                .startsWith("java.lang.IllegalStateException")
                .contains("Fragile");
    }
}

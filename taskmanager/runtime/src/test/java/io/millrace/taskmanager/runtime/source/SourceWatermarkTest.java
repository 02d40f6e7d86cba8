package io.millrace.taskmanager.runtime.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.eventtime.Watermark;
import io.millrace.api.eventtime.WatermarkGenerator;
import io.millrace.api.eventtime.WatermarkOutput;
import io.millrace.api.eventtime.WatermarkStrategy;
import io.millrace.api.source.ReaderOutput;
import io.millrace.api.source.SourceOutput;
import io.millrace.taskmanager.runtime.stream.Brake;
import io.millrace.taskmanager.runtime.stream.Output;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Watermarks of splits and of a reader's main output, as they leave the source. */
class SourceWatermarkTest {
    private final List<String> left = new ArrayList<>();
    private final Brake brake = new Brake();
    private long now;

    private final Output out = new Output() {
        @Override
        public void element(@Nullable Object value, long timestamp) {
            left.add(value + "@" + timestamp);
        }

        @Override
        public void watermark(long timestamp) {
            left.add("wm " + timestamp);
        }

        @Override
        public void idle(boolean idle) {
            left.add(idle ? "idle" : "active");
        }

        @Override
        public void endOfInput() {
            left.add("end");
        }
    };

    /** A watermark at every element, one below its timestamp. */
    private static final class EveryElement implements WatermarkGenerator<Object> {
        @Override
        public void onEvent(Object event, long eventTimestamp, WatermarkOutput output) {
            output.emitWatermark(eventTimestamp - 1);
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {}
    }

    private ReaderOutputs outputs(WatermarkStrategy<Object> strategy) {
        return new ReaderOutputs(out, strategy, () -> now, brake, Long.MIN_VALUE);
    }

    private static WatermarkStrategy<Object> punctuated() {
        return WatermarkStrategy.forGenerator(context -> new EveryElement());
    }

    @Test
    void aWatermarkFollowsTheElementThatCausedIt() {
        outputs(punctuated()).collect("a", 10);

        assertThat(left).containsExactly("a@10", "wm 9");
    }

    @Test
    void theSmallestSplitHoldsTheWatermarkBackUntilItIsReleased() {
        ReaderOutputs outputs = outputs(punctuated());
        SourceOutput<Object> one = outputs.createOutputForSplit("one");
        SourceOutput<Object> two = outputs.createOutputForSplit("two");
        one.collect("a", 10);
        assertThat(left).containsExactly("a@10");
        two.collect("b", 5);
        two.collect("c", 20);
        assertThat(left).containsExactly("a@10", "b@5", "wm 4", "c@20", "wm 9");
        outputs.releaseOutputForSplit("one");

        assertThat(left).endsWith("wm 19");
        assertThat(outputs.createOutputForSplit("two")).isSameAs(two);
        assertThat(outputs.records()).isEqualTo(3);
    }

    @Test
    void periodicGeneratorsAreMergedOncePerRound() {
        ReaderOutputs outputs = outputs(WatermarkStrategy.forMonotonousTimestamps());
        SourceOutput<Object> one = outputs.createOutputForSplit("one");
        SourceOutput<Object> two = outputs.createOutputForSplit("two");
        one.collect("a", 10);
        two.collect("b", 30);
        outputs.onPeriodicEmit();
        one.collect("c", 20);
        outputs.onPeriodicEmit();

        assertThat(left).containsExactly("a@10", "b@30", "wm 9", "c@20", "wm 19");
    }

    @Test
    void anIdleSplitIsLeftOutAndComesBackBeforeItsNextElement() {
        ReaderOutputs outputs =
                outputs(WatermarkStrategy.<Object>forMonotonousTimestamps().withIdleness(Duration.ofSeconds(1)));
        SourceOutput<Object> one = outputs.createOutputForSplit("one");
        SourceOutput<Object> two = outputs.createOutputForSplit("two");
        one.collect("a", 10);
        two.collect("b", 30);
        outputs.onPeriodicEmit();
        now += Duration.ofMillis(1_500).toNanos();
        two.collect("c", 40);
        outputs.onPeriodicEmit();
        now += Duration.ofMillis(700).toNanos();
        two.collect("d", 50);
        outputs.onPeriodicEmit();
        assertThat(left).containsExactly("a@10", "b@30", "wm 9", "c@40", "wm 39", "d@50", "wm 49");

        one.collect("e", 11);
        outputs.onPeriodicEmit();
        two.collect("f", 60);
        outputs.onPeriodicEmit();
        // The split that came back lags: the watermark stays where it was.
        assertThat(left).endsWith("wm 49", "e@11", "f@60");
    }

    @Test
    void whenEverySplitIsIdleTheStreamIsAndItsLargestWatermarkCounts() {
        ReaderOutputs outputs = outputs(punctuated());
        SourceOutput<Object> one = outputs.createOutputForSplit("one");
        SourceOutput<Object> two = outputs.createOutputForSplit("two");
        one.collect("a", 10);
        two.collect("b", 30);
        one.markIdle();
        two.markIdle();
        one.collect("c", 31);

        assertThat(left).containsExactly("a@10", "b@30", "wm 9", "wm 29", "idle", "active", "c@31", "wm 30");
    }

    @Test
    void aReaderWithoutSplitsIsIdleOnceItsStrategySaysSo() {
        ReaderOutputs outputs =
                outputs(WatermarkStrategy.<Object>forMonotonousTimestamps().withIdleness(Duration.ofSeconds(1)));
        outputs.onPeriodicEmit();
        now += Duration.ofMillis(900).toNanos();
        outputs.onPeriodicEmit();
        assertThat(left).isEmpty();
        now += Duration.ofMillis(200).toNanos();
        outputs.onPeriodicEmit();
        assertThat(left).containsExactly("idle");
    }

    @Test
    void watermarksOfTheReaderItselfPassAndNeverGoBack() {
        ReaderOutput<Object> outputs = outputs(WatermarkStrategy.noWatermarks());
        outputs.emitWatermark(new Watermark(7));
        outputs.emitWatermark(5);
        outputs.emitWatermark(8);

        assertThat(left).containsExactly("wm 7", "wm 8");
    }

    @Test
    void theEndIsActiveAndAtTheLargestWatermark() {
        ReaderOutputs outputs = outputs(punctuated());
        outputs.markIdle();
        outputs.end();

        assertThat(left).containsExactly("idle", "active", "wm " + Long.MAX_VALUE);
    }

    @Test
    void thereIsRoomWhileTheBrakeIsOff() {
        ReaderOutputs outputs = outputs(punctuated());
        assertThat(outputs.hasRoom()).isTrue();
        brake.outputBlocked();
        assertThat(outputs.hasRoom()).isFalse();
    }
}

package io.millrace.api.eventtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.common.core.time.ManualClock;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** Stepped by hand with a clock that stands still. */
class WatermarkStrategyTest {
    private final ManualClock clock = new ManualClock(0, 0);
    private final RecordingOutput output = new RecordingOutput();

    private <T> WatermarkGenerator<T> generator(WatermarkStrategy<T> strategy) {
        return strategy.createWatermarkGenerator(() -> clock::nanoTime);
    }

    private static <T> long timestamp(WatermarkStrategy<T> strategy, T element, long soFar) {
        return strategy.createTimestampAssigner(new TimestampAssignerSupplier.Context() {})
                .extractTimestamp(element, soFar);
    }

    @Test
    void boundedGivesTheMaximumLessTheBoundLessOne() {
        WatermarkGenerator<String> generator =
                generator(WatermarkStrategy.forBoundedOutOfOrderness(Duration.ofMillis(10)));
        generator.onEvent("a", 100, output);
        generator.onEvent("b", 40, output);
        assertThat(output.take()).as("nothing per element").isEmpty();
        generator.onPeriodicEmit(output);
        assertThat(output.take()).containsExactly("89");
    }

    @Test
    void boundedBeforeTheFirstElementGivesTheSmallestWatermark() {
        WatermarkGenerator<String> generator =
                generator(WatermarkStrategy.forBoundedOutOfOrderness(Duration.ofDays(1)));
        generator.onPeriodicEmit(output);
        assertThat(output.take()).containsExactly(String.valueOf(Long.MIN_VALUE));
    }

    @Property
    void boundedNeverWrapsAround(@ForAll long timestamp, @ForAll @LongRange(min = 0) long boundMillis) {
        WatermarkGenerator<String> generator =
                generator(WatermarkStrategy.forBoundedOutOfOrderness(Duration.ofMillis(boundMillis)));
        generator.onEvent("a", timestamp, output);
        output.take();
        generator.onPeriodicEmit(output);
        assertThat(Long.parseLong(output.take().get(0))).isLessThanOrEqualTo(Math.max(timestamp, -1));
    }

    @Test
    void monotonousGivesTheMaximumLessOne() {
        WatermarkGenerator<String> generator = generator(WatermarkStrategy.forMonotonousTimestamps());
        generator.onPeriodicEmit(output);
        generator.onEvent("a", 7, output);
        generator.onEvent("b", 5, output);
        generator.onPeriodicEmit(output);
        assertThat(output.take()).containsExactly(String.valueOf(Long.MIN_VALUE), "6");
    }

    @Test
    void noWatermarksGivesNone() {
        WatermarkGenerator<String> generator = generator(WatermarkStrategy.noWatermarks());
        generator.onEvent("a", 7, output);
        generator.onPeriodicEmit(output);
        assertThat(output.take()).isEmpty();
    }

    @Test
    void splitIsIdleOnlyWhenTheTimeoutIsExceeded() {
        WatermarkGenerator<String> generator =
                generator(WatermarkStrategy.<String>forMonotonousTimestamps().withIdleness(Duration.ofMillis(100)));
        generator.onEvent("a", 7, output);
        generator.onPeriodicEmit(output);
        clock.advance(Duration.ofMillis(100));
        generator.onPeriodicEmit(output);
        assertThat(output.take()).as("exactly the timeout").containsExactly("6", "6");
        clock.advance(Duration.ofMillis(1));
        generator.onPeriodicEmit(output);
        generator.onPeriodicEmit(output);
        assertThat(output.take()).as("said once, no watermark while idle").containsExactly("idle");
    }

    @Test
    void idleSplitBecomesActiveWithItsNextElement() {
        WatermarkGenerator<String> generator =
                generator(WatermarkStrategy.<String>forMonotonousTimestamps().withIdleness(Duration.ofMillis(100)));
        generator.onPeriodicEmit(output);
        clock.advance(Duration.ofMillis(101));
        generator.onPeriodicEmit(output);
        output.take();
        generator.onEvent("a", 50, output);
        assertThat(output.take()).containsExactly("active");
        generator.onPeriodicEmit(output);
        assertThat(output.take()).containsExactly("49");
    }

    @Test
    void everyElementRestartsTheIdleTime() {
        WatermarkGenerator<String> generator =
                generator(WatermarkStrategy.<String>forMonotonousTimestamps().withIdleness(Duration.ofMillis(100)));
        generator.onPeriodicEmit(output);
        for (int i = 0; i < 10; i++) {
            clock.advance(Duration.ofMillis(99));
            generator.onEvent("a", i, output);
            generator.onPeriodicEmit(output);
        }
        assertThat(output.take()).doesNotContain("idle");
    }

    @Test
    void idleTimeoutMayBeForEver() {
        WatermarkGenerator<String> generator =
                generator(WatermarkStrategy.<String>noWatermarks().withIdleness(Duration.ofSeconds(Long.MAX_VALUE)));
        generator.onPeriodicEmit(output);
        clock.advance(Duration.ofDays(10_000));
        generator.onPeriodicEmit(output);
        assertThat(output.take()).isEmpty();
    }

    @Test
    void timestampsStayUnlessAnAssignerIsGiven() {
        WatermarkStrategy<String> strategy = WatermarkStrategy.noWatermarks();
        assertThat(timestamp(strategy, "abc", 5)).isEqualTo(5);
        assertThat(timestamp(strategy.withTimestampAssigner((element, soFar) -> element.length()), "abc", 5))
                .isEqualTo(3);
        assertThat(timestamp(strategy.withTimestampAssigner(context -> (element, soFar) -> soFar + 1), "abc", 5))
                .isEqualTo(6);
    }

    @Test
    void withMethodsKeepTheRestOfTheStrategy() {
        WatermarkStrategy<String> strategy = WatermarkStrategy.<String>forMonotonousTimestamps()
                .withIdleness(Duration.ofMillis(1))
                .withTimestampAssigner((element, soFar) -> element.length());
        WatermarkGenerator<String> generator = generator(strategy);
        generator.onEvent("abc", timestamp(strategy, "abc", 0), output);
        generator.onPeriodicEmit(output);
        clock.advance(Duration.ofMillis(2));
        generator.onPeriodicEmit(output);
        assertThat(output.take()).containsExactly("2", "idle");
    }

    @Test
    void generatorOfTheUsersOwnMayGiveWatermarksPerElement() {
        WatermarkStrategy<Long> strategy = WatermarkStrategy.forGenerator(context -> new WatermarkGenerator<Long>() {
            @Override
            public void onEvent(Long event, long eventTimestamp, WatermarkOutput to) {
                to.emitWatermark(eventTimestamp - 1);
            }

            @Override
            public void onPeriodicEmit(WatermarkOutput to) {}
        });
        WatermarkGenerator<Long> generator = generator(strategy);
        List.of(3L, 9L).forEach(time -> generator.onEvent(time, time, output));
        assertThat(output.take()).containsExactly("2", "8");
    }

    @Test
    void badDurationsAreRefused() {
        assertThatThrownBy(() -> WatermarkStrategy.forBoundedOutOfOrderness(Duration.ofMillis(-1)))
                .hasMessageContaining("[BAD_ARGUMENT]")
                .hasMessageContaining("PT-0.001S");
        assertThatThrownBy(() -> WatermarkStrategy.noWatermarks().withIdleness(Duration.ZERO))
                .hasMessageContaining("[BAD_ARGUMENT]")
                .hasMessageContaining("positive");
    }
}

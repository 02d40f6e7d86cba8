package io.millrace.jobmanager.control.restart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.common.core.config.Configuration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a job that failed starts again. */
class RestartStrategyTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /** Times begin anywhere: only differences count. */
    private long nowNanos = Long.MAX_VALUE - 5 * SECOND;

    private static RestartStrategy of(String... settings) {
        Map<String, String> entries = new HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            entries.put(settings[i], settings[i + 1]);
        }
        return RestartStrategy.of(Configuration.of(entries, "a test"));
    }

    /** The delay in seconds, or -1 if the job stays failed. */
    private long failAfter(RestartStrategy strategy, long seconds) {
        nowNanos += seconds * SECOND;
        RestartDecision decision = strategy.onFailure(nowNanos);
        if (decision instanceof RestartDecision.StartAgain again) {
            nowNanos += again.delayNanos();
            return again.delayNanos() / SECOND;
        }
        return -1;
    }

    @Test
    void byDefaultTheFirstRestartIsImmediateAndEveryFurtherOneWaitsTwiceAsLong() {
        RestartStrategy strategy = of();
        assertThat(failAfter(strategy, 100)).isZero();
        for (long delay : new long[] {1, 2, 4, 8, 16, 32, 60, 60, 60}) {
            assertThat(failAfter(strategy, 5)).isEqualTo(delay);
        }
    }

    @Test
    void aJobThatLastedIsAsGoodAsNew() {
        RestartStrategy strategy = of("restart.exponential-delay.reset-after", "10min");
        failAfter(strategy, 0);
        assertThat(failAfter(strategy, 1)).isEqualTo(1);
        assertThat(failAfter(strategy, 599)).isEqualTo(2);
        assertThat(failAfter(strategy, 600)).isZero();
        assertThat(failAfter(strategy, 1)).isEqualTo(1);
    }

    @Test
    void aFixedDelayHasItsNumberOfAttempts() {
        RestartStrategy strategy = of(
                "restart.strategy",
                "fixed-delay",
                "restart.fixed-delay.attempts",
                "2",
                "restart.fixed-delay.delay",
                "7s");
        assertThat(failAfter(strategy, 1)).isEqualTo(7);
        assertThat(failAfter(strategy, 1_000_000)).isEqualTo(7);
        assertThat(failAfter(strategy, 1_000_000)).isEqualTo(-1);
    }

    @Test
    void aFailureRateForgetsWhatIsOlderThanItsInterval() {
        RestartStrategy strategy = of(
                "restart.strategy", "failure-rate",
                "restart.failure-rate.max-failures", "2",
                "restart.failure-rate.interval", "10s",
                "restart.failure-rate.delay", "0ms");
        assertThat(failAfter(strategy, 0)).isZero();
        assertThat(failAfter(strategy, 4)).isZero();
        assertThat(failAfter(strategy, 6)).isZero();
        assertThat(failAfter(strategy, 3)).isEqualTo(-1);
    }

    @Test
    void withoutRestartsTheFirstFailureIsTheLastAndSaysWhy() {
        assertThat(of("restart.strategy", "none").onFailure(0))
                .isEqualTo(new RestartDecision.StayFailed("restart.strategy is none"));
    }

    @ParameterizedTest
    @CsvSource({
        "restart.exponential-delay.initial-delay, 0ms, is zero",
        "restart.exponential-delay.initial-delay, 2min, is longer than restart.exponential-delay.max-delay",
        "restart.exponential-delay.reset-after, 0ms, is zero",
    })
    void settingsThatContradictEachOtherAreRefused(String key, String value, String what) {
        assertThatThrownBy(() -> of(key, value))
                .hasMessageContaining("CONFIG_BAD_VALUE")
                .hasMessageContaining(key + " " + what)
                .hasMessageContaining("  do:    ");
    }

    @Property(tries = 300)
    void noDelayIsLongerThanTheLongestNorOverflows(
            @ForAll @Size(max = 80) long[] pauses, @ForAll @IntRange(min = 1, max = 100) int most) {
        RestartStrategy strategy = new ExponentialDelay(1, most, 1_000);
        long now = 0;
        for (long pause : pauses) {
            now += Math.floorMod(pause, 2_000L);
            RestartDecision decision = strategy.onFailure(now);
            assertThat(decision)
                    .isInstanceOfSatisfying(RestartDecision.StartAgain.class, again -> assertThat(again.delayNanos())
                            .isBetween(0L, (long) most));
        }
    }

    @Property(tries = 300)
    void noIntervalHasMoreRestartsThanTheRateAllows(
            @ForAll @Size(max = 60) long[] pauses, @ForAll @IntRange(min = 1, max = 5) int most) {
        FailureRate strategy = new FailureRate(most, 100, 0);
        List<Long> restarts = new ArrayList<>();
        long now = 0;
        for (long pause : pauses) {
            now += Math.floorMod(pause, 60L);
            if (strategy.onFailure(now) instanceof RestartDecision.StartAgain) {
                restarts.add(now);
            }
        }
        for (long from : restarts) {
            assertThat(restarts.stream().filter(at -> at >= from && at < from + 100))
                    .hasSizeLessThanOrEqualTo(most);
        }
    }
}

package io.millrace.taskmanager.runtime.slot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class WakeModerationTest {
    private long nowNanos = -5_000_000_000L;
    private final WakeModeration moderation = new WakeModeration();

    private void wakes(int count, long everyMicros) {
        for (int i = 0; i < count; i++) {
            nowNanos += TimeUnit.MICROSECONDS.toNanos(everyMicros);
            moderation.woken(nowNanos);
        }
    }

    @Test
    void aSlotThatIsRarelyWokenWaitsToBeWoken() {
        wakes(10_000, 250);

        assertThat(moderation.isNapping()).isFalse();
    }

    @Test
    void aSlotThatIsWokenAgainAndAgainNaps() {
        wakes(1, 1_000_000);
        wakes(15, 20);
        assertThat(moderation.isNapping()).isFalse();

        wakes(1, 20);
        assertThat(moderation.isNapping()).isTrue();
    }

    @Test
    void aPauseBetweenWakesStartsTheCountAnew() {
        for (int burst = 0; burst < 100; burst++) {
            wakes(1, 10_000);
            wakes(10, 20);
        }

        assertThat(moderation.isNapping()).isFalse();
    }

    @Test
    void aSlotThatFindsNothingAfterItsNapsWaitsToBeWokenAgain() {
        wakes(20, 20);
        for (int nap = 0; nap < 50; nap++) {
            moderation.napped(nap % 4 == 0);
            assertThat(moderation.isNapping()).isTrue();
        }
        for (int nap = 0; nap < 4; nap++) {
            moderation.napped(false);
        }
        assertThat(moderation.isNapping()).isFalse();

        wakes(1, 20);
        assertThat(moderation.isNapping()).isFalse();
    }
}

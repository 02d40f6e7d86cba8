package io.millrace.api.windowing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TumblingWindowsTest {

    @Test
    void tumblingWindowsSlideByTheirSize() {
        TumblingEventTimeWindows windows = TumblingEventTimeWindows.of(Duration.ofSeconds(10), Duration.ofSeconds(3));
        assertThat(windows.sizeMillis()).isEqualTo(10_000);
        assertThat(windows.slideMillis()).isEqualTo(10_000);
        assertThat(windows.offsetMillis()).isEqualTo(3_000);
        assertThat(windows.isEventTime()).isTrue();
        assertThat(TumblingProcessingTimeWindows.of(Duration.ofSeconds(1)).isEventTime())
                .isFalse();
    }

    @Test
    void offsetMayBeNegativeButNotBeyondTheSize() {
        assertThat(TumblingEventTimeWindows.of(Duration.ofDays(1), Duration.ofHours(-8))
                        .offsetMillis())
                .isEqualTo(-28_800_000);
        assertThatThrownBy(() -> TumblingEventTimeWindows.of(Duration.ofMillis(5), Duration.ofMillis(5)))
                .hasMessageContaining("[BAD_ARGUMENT]")
                .hasMessageContaining("below its size of 5 ms, found 5 ms");
        assertThatThrownBy(() -> new TumblingEventTimeWindows(5, Long.MIN_VALUE))
                .hasMessageContaining("[BAD_ARGUMENT]");
    }

    @Test
    void sizeBelowAMillisecondIsRefused() {
        assertThatThrownBy(() -> TumblingProcessingTimeWindows.of(Duration.ofNanos(999_999)))
                .hasMessageContaining("TumblingProcessingTimeWindows needs a size of 1 ms or more, found 0 ms");
    }
}

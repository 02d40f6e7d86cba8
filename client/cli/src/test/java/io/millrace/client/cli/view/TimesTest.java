package io.millrace.client.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimesTest {
    @ParameterizedTest
    @CsvSource({
        "-5, 0 ms",
        "0, 0 ms",
        "999, 999 ms",
        "1000, 1.0 s",
        "59999, 59.9 s",
        "60000, 1 min 0 s",
        "3599999, 59 min 59 s",
        "3600000, 1 h 0 min",
        "86399999, 23 h 59 min",
        "86400000, 1 d 0 h",
        "180000000, 2 d 2 h"
    })
    void spanShowsTheTwoLargestUnits(long millis, String text) {
        assertThat(Times.span(millis)).isEqualTo(text);
    }

    @Test
    void momentIsLocalAndAbsentForZero() {
        assertThat(Times.moment(1_767_225_600_000L, ZoneOffset.ofHours(2))).isEqualTo("2026-01-01 02:00:00");
        assertThat(Times.moment(0, ZoneOffset.UTC)).isEqualTo("-");
    }

    @Test
    void watermarkIsAnInstantOrAWord() {
        assertThat(Times.watermark(1_767_225_600_000L)).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(Times.watermark(null)).isEqualTo("-");
        assertThat(Times.watermark(Long.MIN_VALUE)).isEqualTo("-");
        assertThat(Times.watermark(Long.MAX_VALUE)).isEqualTo("end");
    }
}

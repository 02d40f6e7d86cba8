package io.millrace.taskmanager.runtime.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class WatermarkMergerTest {

    @Test
    void theSmallestOfTheActiveInputsCounts() {
        WatermarkMerger merger = new WatermarkMerger(3, Long.MIN_VALUE);

        assertThat(merger.watermark(0, 10)).isFalse();
        assertThat(merger.watermark(1, 20)).isFalse();
        assertThat(merger.merged()).isEqualTo(Long.MIN_VALUE);
        assertThat(merger.setIdle(2, true)).isTrue();
        assertThat(merger.merged()).isEqualTo(10);
        assertThat(merger.setIdle(0, true)).isTrue();
        assertThat(merger.merged()).isEqualTo(20);
        assertThat(merger.isIdle()).isFalse();
    }

    @Test
    void whenAllAreIdleTheLargestCountsAndAnInputThatComesBackDoesNotTakeItBack() {
        WatermarkMerger merger = new WatermarkMerger(2, Long.MIN_VALUE);
        merger.watermark(0, 10);
        merger.watermark(1, 30);
        merger.setIdle(1, true);

        assertThat(merger.setIdle(0, true)).isTrue();
        assertThat(merger.merged()).isEqualTo(30);
        assertThat(merger.isIdle()).isTrue();
        assertThat(merger.setIdle(0, false)).isFalse();
        assertThat(merger.watermark(0, 20)).isFalse();
        assertThat(merger.merged()).isEqualTo(30);
        assertThat(merger.isIdle()).isFalse();
        assertThat(merger.watermark(0, 31)).isTrue();
    }

    @Test
    void anInputAtItsEndDoesNotDragTheOthersWhileTheyAreIdle() {
        WatermarkMerger merger = new WatermarkMerger(2, Long.MIN_VALUE);
        merger.watermark(0, 10);
        merger.watermark(1, 5);
        merger.setIdle(1, true);

        merger.watermark(0, Long.MAX_VALUE);
        assertThat(merger.merged()).isEqualTo(10);
        assertThat(merger.isIdle()).isTrue();
        merger.setIdle(1, false);
        merger.watermark(1, 12);
        assertThat(merger.merged()).isEqualTo(12);
        merger.watermark(1, Long.MAX_VALUE);
        assertThat(merger.merged()).isEqualTo(Long.MAX_VALUE);
        assertThat(merger.isIdle()).isFalse();
    }

    @Property
    void itFollowsTheRulesAfterEveryStep(
            @ForAll @IntRange(min = 1, max = 4) int inputs,
            @ForAll @Size(max = 80) List<@IntRange(min = 0, max = 9_999) Integer> steps) {
        WatermarkMerger merger = new WatermarkMerger(inputs, Long.MIN_VALUE);
        long[] watermarks = new long[inputs];
        boolean[] idle = new boolean[inputs];
        java.util.Arrays.fill(watermarks, Long.MIN_VALUE);
        long expected = Long.MIN_VALUE;

        for (int step : steps) {
            int input = step % inputs;
            int kind = step / 10 % 10;
            long before = merger.merged();
            boolean grew;
            if (kind < 7) {
                long watermark = kind == 6 ? Long.MAX_VALUE : step / 100;
                watermarks[input] = Math.max(watermarks[input], watermark);
                grew = merger.watermark(input, watermark);
            } else {
                if (watermarks[input] != Long.MAX_VALUE) {
                    idle[input] = kind == 7;
                }
                grew = merger.setIdle(input, kind == 7);
            }

            expected = Math.max(expected, byDefinition(watermarks, idle, expected));
            assertThat(merger.merged()).isEqualTo(expected);
            assertThat(grew).isEqualTo(merger.merged() > before);
        }
    }

    /** The rules as the class comment says them; what they do not define leaves the value as it was. */
    private static long byDefinition(long[] watermarks, boolean[] idle, long before) {
        long smallestActive = Long.MAX_VALUE;
        long largest = Long.MIN_VALUE;
        int live = 0;
        int active = 0;
        for (int i = 0; i < watermarks.length; i++) {
            if (watermarks[i] != Long.MAX_VALUE) {
                live++;
                largest = Math.max(largest, watermarks[i]);
                if (!idle[i]) {
                    active++;
                    smallestActive = Math.min(smallestActive, watermarks[i]);
                }
            }
        }
        if (live == 0) {
            return Long.MAX_VALUE;
        }
        return Math.max(before, active == 0 ? largest : smallestActive);
    }
}

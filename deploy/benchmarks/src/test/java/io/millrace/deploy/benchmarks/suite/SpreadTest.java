package io.millrace.deploy.benchmarks.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class SpreadTest {

    @Test
    void theMedianOfAnEvenNumberIsBetweenTheMiddleTwo() {
        Spread spread = Spread.of(DoubleStream.of(4, 1, 3, 2));
        assertThat(spread).isEqualTo(new Spread(2.5, 1, 4));
    }

    @Test
    void figuresAreShownWithThreeDigits() {
        assertThat(Spread.of(DoubleStream.of(3_214_999, 952_300, 12_345)).show())
                .isEqualTo("952 k (12.3 k–3.21 M)");
        assertThat(Spread.of(DoubleStream.of(0.0123, 0.47, 9.876)).show()).isEqualTo("0.47 (0.012–9.88)");
    }
}

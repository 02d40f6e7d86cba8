package io.millrace.taskmanager.runtime.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.graph.snapshot.CheckpointKind;
import org.junit.jupiter.api.Test;

class BarrierTest {

    @Test
    void aCodeIsReadAsTheBarrierItStandsFor() {
        for (CheckpointKind kind : CheckpointKind.values()) {
            Barrier barrier = new Barrier(42, kind);
            assertThat(Barrier.of(barrier.code())).isEqualTo(barrier);
        }
    }

    @Test
    void codesGrowWithTheNumbersWhateverTheKind() {
        assertThat(new Barrier(2, CheckpointKind.CHECKPOINT).code())
                .isGreaterThan(new Barrier(1, CheckpointKind.DRAIN).code());
        assertThat(Barrier.checkpointOf(new Barrier(2, CheckpointKind.DRAIN).code()))
                .isEqualTo(2);
    }
}

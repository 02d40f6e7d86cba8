package io.millrace.common.graph.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.core.id.Incarnation;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class CheckpointFileNameTest {

    @Test
    void aSegmentFileTellsForWhichCheckpointItWasWritten() {
        String name = CheckpointFileName.segment(42, new Incarnation(-2), 3);
        assertThat(name).isEqualTo("42/fffffffffffffffe-3");
        assertThat(CheckpointFileName.checkpointOfSegment(name)).isEqualTo(OptionalLong.of(42));
        assertThat(name).startsWith(CheckpointFileName.prefix(42)).doesNotStartWith(CheckpointFileName.prefix(4));
    }

    @Test
    void whatIsNoSegmentFileOfAnyCheckpointTellsNothing() {
        for (String name : List.of(
                CheckpointFileName.manifest(42),
                "",
                "42",
                "42/",
                "0/a",
                "07/a",
                "-1/a",
                "42/a/b",
                "42/../a",
                "42/.a",
                "/42/a",
                "9223372036854775808/a",
                "42/a b")) {
            assertThat(CheckpointFileName.checkpointOfSegment(name)).as(name).isEmpty();
        }
    }
}

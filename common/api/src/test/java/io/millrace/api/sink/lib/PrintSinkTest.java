package io.millrace.api.sink.lib;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.sink.SinkWriter;
import io.millrace.api.tuple.Tuple2;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PrintSinkTest {
    private static final SinkWriter.Context NO_TIME = new SinkWriter.Context() {
        @Override
        public long currentWatermark() {
            return Long.MIN_VALUE;
        }

        @Override
        public @Nullable Long timestamp() {
            return null;
        }
    };

    private static List<String> printed(String label, boolean error, int subtask, int parallelism, Object value)
            throws Exception {
        FakeWriterContext context = new FakeWriterContext(subtask, parallelism);
        SinkWriter<Object> writer = new PrintSink<>(label, error).createWriter(context);
        writer.write(value, NO_TIME);
        writer.flush(true);
        writer.close();
        return context.lines();
    }

    @Test
    void prefixNamesLabelAndSubtask() throws Exception {
        assertThat(printed("", false, 0, 1, "a")).containsExactly("a");
        assertThat(printed("", false, 1, 2, "a")).containsExactly("2> a");
        assertThat(printed("Alerts", false, 0, 1, "a")).containsExactly("Alerts> a");
        assertThat(printed("Alerts", false, 3, 4, "a")).containsExactly("Alerts:4> a");
    }

    @Test
    void valuesAreShownAsTheyShowThemselves() throws Exception {
        assertThat(printed("", true, 0, 1, Tuple2.of("a", 1))).containsExactly("!(a,1)");
    }

    @Test
    void valueOfSeveralLinesIsPrintedLineByLine() throws Exception {
        assertThat(printed("x", false, 0, 1, "a\nb\r\n\nc")).containsExactly("x> a", "b", "", "c");
    }
}

package io.millrace.client.connectors.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.sink.SinkWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileWriterTest {
    private static final SinkWriter.Context NO_CONTEXT = new SinkWriter.Context() {
        @Override
        public long currentWatermark() {
            return Long.MIN_VALUE;
        }

        @Override
        public @Nullable Long timestamp() {
            return null;
        }
    };

    @TempDir
    Path directory;

    private FileWriter<String> writer(RollingPolicy policy) {
        return new FileWriter<>(directory.resolve("out"), "part-j-0-", new SimpleStringEncoder<>(), policy, 0);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("out"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aPartIsHiddenUntilTheEndOfInputAndThenWhole() throws Exception {
        FileWriter<String> writer = writer(RollingPolicy.DEFAULT);
        writer.write("one", NO_CONTEXT);
        writer.write("zw\u00f6lf", NO_CONTEXT);
        writer.flush(false);
        assertThat(names()).containsExactly(".part-j-0-0.inprogress");
        writer.flush(true);
        assertThat(names()).containsExactly("part-j-0-0");
        assertThat(Files.readAllLines(directory.resolve("out/part-j-0-0"))).containsExactly("one", "zw\u00f6lf");
        writer.close();
    }

    @Test
    void partsRollBySizeAgeAndInactivity() throws Exception {
        FileWriter<String> writer = writer(new RollingPolicy(10, 1_000, 300));
        writer.write("0123456789", NO_CONTEXT);
        writer.write("a", NO_CONTEXT);
        writer.onTick(299);
        writer.write("b", NO_CONTEXT);
        writer.onTick(600);
        assertThat(names()).containsExactly("part-j-0-0", "part-j-0-1");
        writer.write("c", NO_CONTEXT);
        for (long now = 700; now <= 1_600; now += 100) {
            writer.onTick(now);
            writer.write("d", NO_CONTEXT);
        }
        assertThat(names()).hasSizeGreaterThanOrEqualTo(3);
        writer.close();
        assertThat(names()).allMatch(name -> name.startsWith("part-"));
    }

    @Test
    void aDirectoryThatCannotBeMadeIsNamed() throws Exception {
        Files.writeString(directory.resolve("out"), "a file in the way");
        FileWriter<String> writer = writer(RollingPolicy.DEFAULT);
        assertThatThrownBy(() -> writer.write("one", NO_CONTEXT))
                .hasMessageContaining("FILE_NOT_WRITABLE")
                .hasMessageContaining("out");
        writer.close();
    }
}

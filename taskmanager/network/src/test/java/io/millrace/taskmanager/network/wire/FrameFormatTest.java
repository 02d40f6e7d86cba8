package io.millrace.taskmanager.network.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FrameFormatTest {

    static Stream<GoldenFrames.Golden> frames() {
        return GoldenFrames.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("frames")
    void aFrameIsWrittenAsTheseBytes(GoldenFrames.Golden frame) {
        assertThat(GoldenFrames.written(frame)).isEqualTo(frame.bytes());
    }

    @ParameterizedTest
    @MethodSource("frames")
    void theseBytesAreReadAsTheFrame(GoldenFrames.Golden frame) {
        RecordingSink sink = new RecordingSink();
        FrameReader reader = new FrameReader(32768, sink);
        reader.read(Unpooled.wrappedBuffer(GoldenFrames.bytesOf(frame)));
        assertThat(sink.frames).containsExactly(frame.read());
        assertThat(reader.isInsideFrame()).isFalse();
    }

    @Test
    void everyTypeHasAnExample() {
        assertThat(GoldenFrames.ALL.stream().map(GoldenFrames.Golden::name))
                .containsExactlyElementsOf(
                        Arrays.stream(FrameType.values()).map(Enum::name).toList());
    }

    @ParameterizedTest
    @MethodSource("frames")
    void theProtocolPageShowsTheExample(GoldenFrames.Golden frame) throws IOException {
        String page = Files.readString(protocolPage()).replace(" ", "");
        assertThat(page).contains(frame.bytes());
    }

    private static Path protocolPage() {
        Path page = Path.of("docs", "protocol", "data-plane.md");
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve(page))) {
            folder = folder.getParent();
            assertThat(folder).as("a folder above this one with " + page).isNotNull();
        }
        return folder.resolve(page);
    }
}

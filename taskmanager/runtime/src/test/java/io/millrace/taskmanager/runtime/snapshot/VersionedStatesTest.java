package io.millrace.taskmanager.runtime.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.source.SimpleVersionedSerializer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The bytes of splits in a snapshot. */
class VersionedStatesTest {
    private static final HexFormat HEX = HexFormat.of();

    private static final class Words implements SimpleVersionedSerializer<String> {
        private static final long serialVersionUID = 1L;

        @Override
        public int getVersion() {
            return 7;
        }

        @Override
        public byte[] serialize(String value) {
            return value.getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        public String deserialize(int version, byte[] serialized) throws IOException {
            if (version != 7) {
                throw new IOException("version " + version);
            }
            return new String(serialized, StandardCharsets.US_ASCII);
        }
    }

    private static byte[] encoded(String... words) throws IOException {
        return VersionedStates.encode(new Words(), List.of(words)).array();
    }

    @Test
    void theBytesStayWhatTheyWere() throws IOException {
        assertThat(HEX.formatHex(encoded("ab", "")))
                .isEqualTo("00000007" + "00000002" + "00000002" + "6162" + "00000000");
    }

    @Test
    void whatWasWrittenIsReadBack() throws IOException {
        assertThat(VersionedStates.decode(new Words(), ByteBuffer.wrap(encoded())))
                .isEmpty();
        assertThat(VersionedStates.decode(new Words(), ByteBuffer.wrap(encoded("a", "", "bcd"))))
                .containsExactly("a", "", "bcd");
    }

    @Test
    void everyTruncationAndWhatFollowsIsRefused() throws IOException {
        byte[] bytes = encoded("ab", "c");
        for (int length = 0; length <= bytes.length + 1; length++) {
            if (length != bytes.length) {
                ByteBuffer other = ByteBuffer.wrap(Arrays.copyOf(bytes, length));
                assertThatThrownBy(() -> VersionedStates.decode(new Words(), other))
                        .as("%d bytes", length)
                        .isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void aLengthThatTheBlockDoesNotHaveIsRefusedBeforeRoomIsMade() {
        byte[] bytes = HEX.parseHex("00000007" + "00000001" + "7fffffff" + "61");
        assertThatThrownBy(() -> VersionedStates.decode(new Words(), ByteBuffer.wrap(bytes)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("2147483647");
    }
}

package io.millrace.taskmanager.runtime.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.types.BinaryReader;
import io.millrace.api.types.BinaryWriter;
import io.millrace.common.graph.OpaqueBytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The assignment exchange of docs/protocol/elements.md. */
class EnumeratorMessageTest {
    private final EnumeratorMessageSerializer serializer = new EnumeratorMessageSerializer();

    private byte[] written(EnumeratorMessage message) {
        BinaryWriter out = new BinaryWriter(16);
        serializer.serialize(message, out);
        return Arrays.copyOf(out.bytes(), out.position());
    }

    private Object read(byte[] bytes) {
        BinaryReader in = new BinaryReader();
        in.reset(bytes, 0, bytes.length);
        return serializer.deserialize(in);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.ofDelimiter(" ").formatHex(bytes);
    }

    private static OpaqueBytes bytes(String text) {
        return new OpaqueBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void messagesHaveTheBytesOfThePage() {
        assertThat(hex(written(new EnumeratorMessage.Assignment(2, 1, bytes("ab")))))
                .isEqualTo("01 02 00 00 00 01 00 00 00 02 61 62");
        assertThat(hex(written(new EnumeratorMessage.NoMoreSplits(2)))).isEqualTo("02 02 00 00 00");
        assertThat(hex(ReaderEvent.REQUEST_SPLIT.encode())).isEqualTo("02");
    }

    @Test
    void messagesComeBackEqual() {
        for (EnumeratorMessage message : new EnumeratorMessage[] {
            new EnumeratorMessage.Assignment(7, 3, bytes("split")),
            new EnumeratorMessage.NoMoreSplits(0),
            new EnumeratorMessage.Event(1, bytes("event"))
        }) {
            assertThat(read(written(message))).isEqualTo(message);
        }
    }

    @Test
    void damagedMessagesAreRefusedBeforeAnythingIsAllocated() {
        byte[] endless = written(new EnumeratorMessage.Event(1, bytes("event")));
        endless[5] = 0x7F;

        assertThatThrownBy(() -> read(endless)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> read(new byte[] {9, 0, 0, 0, 0})).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> ReaderEvent.kindOf(new byte[] {9})).isInstanceOf(IllegalArgumentException.class);
    }
}

package io.millrace.taskmanager.network.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.common.core.error.MillraceException;
import io.millrace.taskmanager.network.NetworkErrors;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class FrameReaderTest {
    private static final int PAYLOAD_CAP = 1_000;

    private final RecordingSink sink = new RecordingSink();
    private final FrameReader reader = new FrameReader(PAYLOAD_CAP, sink);

    private void read(String hex) {
        reader.read(Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex.replace(" ", ""))));
    }

    private void refuses(NetworkErrors code, String hex) {
        assertThatThrownBy(() -> read(hex))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("[" + code + "]");
        assertThat(sink.frames).isEmpty();
    }

    @Test
    void framesMayBeCutAnywhere() {
        byte[] bytes = GoldenFrames.allBytes();
        for (int first = 0; first <= bytes.length; first++) {
            RecordingSink whole = new RecordingSink();
            FrameReader cut = new FrameReader(PAYLOAD_CAP, whole);
            cut.read(Unpooled.wrappedBuffer(bytes, 0, first));
            cut.read(Unpooled.wrappedBuffer(bytes, first, bytes.length - first));
            assertThat(whole.frames).isEqualTo(GoldenFrames.allRead());
            assertThat(cut.isInsideFrame()).isFalse();
        }
    }

    @Test
    void framesMayComeByteByByte() {
        for (byte one : GoldenFrames.allBytes()) {
            reader.read(Unpooled.wrappedBuffer(new byte[] {one}));
        }
        assertThat(sink.frames).isEqualTo(GoldenFrames.allRead());
    }

    @Property
    void framesMayBeCutAnywhereMoreThanOnce(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] bytes = GoldenFrames.allBytes();
        RecordingSink whole = new RecordingSink();
        FrameReader cut = new FrameReader(PAYLOAD_CAP, whole);
        int at = 0;
        while (at < bytes.length) {
            int step = Math.min(bytes.length - at, random.nextInt(40));
            ByteBuf direct = Unpooled.directBuffer().writeBytes(bytes, at, step);
            cut.read(direct);
            assertThat(direct.isReadable()).isFalse();
            direct.release();
            at += step;
        }
        assertThat(whole.frames).isEqualTo(GoldenFrames.allRead());
    }

    @Test
    void aTruncatedFrameIsNotReportedAndTheReaderKnowsThatItIsInsideOne() {
        for (GoldenFrames.Golden golden : GoldenFrames.ALL) {
            byte[] bytes = GoldenFrames.bytesOf(golden);
            for (int length = 1; length < bytes.length; length++) {
                RecordingSink none = new RecordingSink();
                FrameReader cut = new FrameReader(PAYLOAD_CAP, none);
                cut.read(Unpooled.wrappedBuffer(Arrays.copyOf(bytes, length)));
                assertThat(none.frames).isEmpty();
                assertThat(cut.isInsideFrame()).isTrue();
            }
        }
    }

    @Test
    void lengthsBeyondTheCapAreRefusedBeforeAnythingIsAllocated() {
        refuses(NetworkErrors.FRAME_TOO_LARGE, "7fffffff 03");
        refuses(NetworkErrors.FRAME_TOO_LARGE, "000003f6 03");
        refuses(NetworkErrors.FRAME_TOO_LARGE, "0001000e 07");
        refuses(NetworkErrors.FRAME_TOO_LARGE, "00000402 01");
        refuses(NetworkErrors.FRAME_TOO_LARGE, "0000000e 05");
        refuses(NetworkErrors.FRAME_TOO_LARGE, "00000002 0b");
    }

    @Test
    void theLargestPayloadIsAccepted() {
        read("000003f5 03 00000001 0000000000000000");
        reader.read(Unpooled.wrappedBuffer(new byte[PAYLOAD_CAP]));
        assertThat(sink.frames).hasSize(1);
    }

    @Test
    void lengthsThatAreTooSmallOrNegativeAreRefused() {
        refuses(NetworkErrors.MALFORMED_FRAME, "00000000 03");
        refuses(NetworkErrors.MALFORMED_FRAME, "ffffffff 03");
        refuses(NetworkErrors.MALFORMED_FRAME, "80000000 03");
        refuses(NetworkErrors.MALFORMED_FRAME, "0000000d 03");
        refuses(NetworkErrors.MALFORMED_FRAME, "0000000c 05");
        refuses(NetworkErrors.MALFORMED_FRAME, "00000000 0b");
        refuses(NetworkErrors.MALFORMED_FRAME, "00000010 01");
    }

    @Test
    void unknownTypesAreRefused() {
        refuses(NetworkErrors.MALFORMED_FRAME, "00000010 00");
        refuses(NetworkErrors.MALFORMED_FRAME, "00000010 0d");
        refuses(NetworkErrors.MALFORMED_FRAME, "00000010 ff");
    }

    @Test
    void aHelloThatIsNotOursIsRefusedByWhatIsWrong() {
        String hello = GoldenFrames.ALL.get(0).bytes();
        refuses(NetworkErrors.WRONG_MAGIC, hello.replace("4d4c5243", "4d4c5244"));
        FrameReader another = new FrameReader(PAYLOAD_CAP, sink);
        assertThatThrownBy(() -> another.read(
                        Unpooled.wrappedBuffer(HexFormat.of().parseHex(hello.replace("4d4c52430001", "4d4c52430002")))))
                .hasMessageContaining("WRONG_PROTOCOL_VERSION");
    }

    @Test
    void textsThatDoNotFitTheirFrameAreRefused() {
        refuses(NetworkErrors.MALFORMED_FRAME, "00000006 0c 0100 41 0000");
    }

    @Test
    void bytesAfterTheLastTextAreRefused() {
        assertThatThrownBy(() -> read("00000006 0c 0000 0000 41")).hasMessageContaining("MALFORMED_FRAME");
    }

    @Test
    void aSinkThatDoesNotExpectAFrameRefusesIt() {
        for (GoldenFrames.Golden golden : GoldenFrames.ALL) {
            FrameReader fresh = new FrameReader(PAYLOAD_CAP, new FrameSink() {});
            assertThatThrownBy(() -> fresh.read(Unpooled.wrappedBuffer(GoldenFrames.bytesOf(golden))))
                    .hasMessageContaining("UNEXPECTED_FRAME");
        }
    }

    @Test
    void aDroppedPayloadIsSkipped() {
        RecordingSink after = new RecordingSink();
        FrameReader dropping = new FrameReader(PAYLOAD_CAP, new FrameSink() {
            @Override
            public byte[] onData(int handle, long sequence, int payloadBytes, boolean urgent) {
                return null;
            }

            @Override
            public void onDataEnd(int payloadBytes) {
                after.frames.add("dropped " + payloadBytes);
            }

            @Override
            public void onPing() {
                after.onPing();
            }
        });
        dropping.read(Unpooled.wrappedBuffer(HexFormat.of().parseHex("0000001003000000070000000000000102010203")));
        dropping.read(Unpooled.wrappedBuffer(HexFormat.of().parseHex("000000010b")));
        assertThat(after.frames).containsExactly("dropped 3", "ping");
    }

    @Property(tries = 20_000)
    void randomBytesEndInACodedErrorOrAFrame(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] bytes = new byte[1 + random.nextInt(200)];
        random.nextBytes(bytes);
        if (random.nextBoolean()) {
            // Half of them get past the prefix.
            bytes[0] = 0;
            bytes[1 % bytes.length] = 0;
            bytes[2 % bytes.length] = 0;
            bytes[4 % bytes.length] = (byte) random.nextInt(14);
        }
        readOrRefuse(bytes);
    }

    @Property(tries = 20_000)
    void damagedFramesEndInACodedErrorOrAFrame(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] bytes = GoldenFrames.allBytes();
        for (int i = 0; i <= random.nextInt(4); i++) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        readOrRefuse(bytes);
    }

    private static void readOrRefuse(byte[] bytes) {
        FrameReader fresh = new FrameReader(PAYLOAD_CAP, new RecordingSink());
        ByteBuf in = Unpooled.wrappedBuffer(bytes);
        try {
            fresh.read(in);
            assertThat(in.isReadable()).isFalse();
        } catch (MillraceException refused) {
            assertThat(NetworkErrors.values()).extracting(Enum::name).contains(refused.code());
        }
    }
}

package io.millrace.taskmanager.network.wire;

import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.ChannelId;
import io.millrace.common.core.id.Incarnation;
import io.millrace.common.core.id.JobId;
import io.millrace.common.core.id.TaskManagerId;
import io.millrace.taskmanager.network.NetworkErrors;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;

/** One example of every frame: how it is written, its bytes, and what a reader makes of it. The bytes never change. */
final class GoldenFrames {
    private static final ChannelId CHANNEL =
            new ChannelId(new JobId(0x0102030405060708L, 0x090A0B0C0D0E0F10L), 3, 4, 5, 6);
    private static final Hello HELLO = new Hello(
            "millrace",
            new Node(new TaskManagerId("tm-1"), new Incarnation(0x1111222233334444L)),
            new Node(new TaskManagerId("tm-2"), new Incarnation(0x5555666677778888L)),
            32768,
            new Hello.Session(2, true, 513));

    /** One example. */
    record Golden(String name, Consumer<ByteBuf> write, String bytes, String read) {}

    static final List<Golden> ALL = List.of(
            new Golden(
                    "HELLO",
                    out -> FrameWriter.hello(out, HELLO),
                    "0000004201" + "4d4c5243" + "0001" + "00008000" + "0000000000000002" + "01" + "0000000000000201"
                            + "1111222233334444" + "5555666677778888" + "00086d696c6c72616365" + "0004746d2d31"
                            + "0004746d2d32",
                    HELLO.toString()),
            new Golden(
                    "OPEN",
                    out -> FrameWriter.open(out, 7, CHANNEL),
                    "0000002502" + "00000007" + "0102030405060708090a0b0c0d0e0f10" + "00000003" + "00000004"
                            + "00000005" + "00000006",
                    "open 7 " + CHANNEL),
            new Golden(
                    "DATA",
                    out -> {
                        FrameWriter.dataHeader(out, false, 7, 258, 3);
                        out.writeBytes(new byte[] {1, 2, 3});
                    },
                    "0000001003" + "00000007" + "0000000000000102" + "010203",
                    "data 7 258 010203"),
            new Golden(
                    "DATA_URGENT",
                    out -> {
                        FrameWriter.dataHeader(out, true, 7, 259, 1);
                        out.writeByte(9);
                    },
                    "0000000e04" + "00000007" + "0000000000000103" + "09",
                    "data 7 259 urgent 09"),
            new Golden(
                    "CREDIT",
                    out -> FrameWriter.credit(out, 7, 266),
                    "0000000d05" + "00000007" + "000000000000010a",
                    "credit 7 266"),
            new Golden(
                    "ACKNOWLEDGE",
                    out -> FrameWriter.acknowledge(out, 4096),
                    "0000000906" + "0000000000001000",
                    "acknowledge 4096"),
            new Golden(
                    "BACK_EVENT",
                    out -> FrameWriter.backEvent(out, 7, 1, new byte[] {10, 11}),
                    "0000000f07" + "00000007" + "0000000000000001" + "0a0b",
                    "back event 7 1 0a0b"),
            new Golden(
                    "BACK_CREDIT",
                    out -> FrameWriter.backCredit(out, 7, 32768),
                    "0000000d08" + "00000007" + "0000000000008000",
                    "back credit 7 32768"),
            new Golden(
                    "CLOSE",
                    out -> FrameWriter.close(out, 7, 260),
                    "0000000d09" + "00000007" + "0000000000000104",
                    "close 7 260"),
            new Golden("STOP", out -> FrameWriter.stop(out, 7), "000000050a" + "00000007", "stop 7"),
            new Golden("PING", FrameWriter::ping, "000000010b", "ping"),
            new Golden(
                    "REFUSE",
                    out -> FrameWriter.refuse(out, Problem.of(NetworkErrors.WRONG_CLUSTER, "no")),
                    "000000140c" + "000d57524f4e475f434c5553544552" + "00026e6f",
                    "refuse WRONG_CLUSTER no"));

    private GoldenFrames() {}

    static byte[] bytesOf(Golden golden) {
        return HexFormat.of().parseHex(golden.bytes());
    }

    static String written(Golden golden) {
        ByteBuf out = Unpooled.buffer();
        golden.write().accept(out);
        return ByteBufUtil.hexDump(out);
    }

    /** All examples, one after the other. */
    static byte[] allBytes() {
        return HexFormat.of()
                .parseHex(String.join("", ALL.stream().map(Golden::bytes).toList()));
    }

    static List<String> allRead() {
        return ALL.stream().map(Golden::read).toList();
    }
}

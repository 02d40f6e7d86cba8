package io.millrace.taskmanager.network.wire;

import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.Incarnation;
import io.millrace.common.core.id.TaskManagerId;
import io.millrace.taskmanager.network.NetworkErrors;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** The frames with text in them: hello and refuse. Text is a 16-bit count of bytes and that much UTF-8. */
final class HelloCodec {
    /** "MLRC". */
    static final int MAGIC = 0x4D4C_5243;

    static final int VERSION = 1;

    private HelloCodec() {}

    static void write(ByteBuf out, Hello hello) {
        out.writeInt(MAGIC);
        out.writeShort(VERSION);
        out.writeInt(hello.payloadBytes());
        out.writeLong(hello.session().number());
        out.writeBoolean(hello.session().resumes());
        out.writeLong(hello.session().received());
        out.writeLong(hello.from().incarnation().number());
        out.writeLong(hello.to().incarnation().number());
        writeText(out, hello.cluster());
        writeText(out, hello.from().taskManager().name());
        writeText(out, hello.to().taskManager().name());
    }

    static Hello read(ByteBuf head, int headBytes) {
        int end = head.readerIndex() + headBytes;
        int magic = head.readInt();
        if (magic != MAGIC) {
            throw Problem.of(
                            NetworkErrors.WRONG_MAGIC,
                            "Not a Millrace data plane: the hello starts with 0x" + Integer.toHexString(magic))
                    .asException();
        }
        int version = head.readUnsignedShort();
        if (version != VERSION) {
            throw Problem.of(
                            NetworkErrors.WRONG_PROTOCOL_VERSION,
                            "The peer speaks version " + version + " of the data protocol, expected " + VERSION)
                    .fix("Run the same release of Millrace on all TaskManagers.")
                    .asException();
        }
        int payloadBytes = head.readInt();
        Hello.Session session = new Hello.Session(head.readLong(), head.readBoolean(), head.readLong());
        Incarnation from = new Incarnation(head.readLong());
        Incarnation to = new Incarnation(head.readLong());
        String cluster = readText(head, end);
        Node sender = new Node(readTaskManager(head, end), from);
        Node receiver = new Node(readTaskManager(head, end), to);
        expectEnd(head, end);
        if (session.number() < 0 || session.received() < 0) {
            throw malformed("A hello has a negative session or count");
        }
        return new Hello(cluster, sender, receiver, payloadBytes, session);
    }

    private static TaskManagerId readTaskManager(ByteBuf head, int end) {
        String name = readText(head, end);
        try {
            return new TaskManagerId(name);
        } catch (IllegalArgumentException e) {
            throw Problem.of(NetworkErrors.MALFORMED_FRAME, "A hello names no TaskManager")
                    .asException(e);
        }
    }

    static void writeText(ByteBuf out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeShort(bytes.length);
        out.writeBytes(bytes);
    }

    static String readText(ByteBuf head, int end) {
        if (end - head.readerIndex() < Short.BYTES) {
            throw malformed("A text is cut before its length");
        }
        int length = head.readUnsignedShort();
        if (length > end - head.readerIndex()) {
            throw malformed("A text of " + length + " bytes does not fit its frame");
        }
        return head.readString(length, StandardCharsets.UTF_8);
    }

    static void expectEnd(ByteBuf head, int end) {
        if (head.readerIndex() != end) {
            throw malformed("A frame has " + (end - head.readerIndex()) + " bytes too many");
        }
    }

    private static RuntimeException malformed(String what) {
        return Problem.of(NetworkErrors.MALFORMED_FRAME, what).asException();
    }
}

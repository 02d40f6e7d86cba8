package io.millrace.taskmanager.network.wire;

import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.ChannelId;
import io.millrace.taskmanager.network.ReceiveChannel;
import io.netty.buffer.ByteBuf;

/**
 * Writes frames at a buffer's writer index. Every frame is a 32-bit length of what follows it, a type byte, and its
 * fields.
 */
public final class FrameWriter {
    /** Bytes of the length prefix. */
    public static final int LENGTH_BYTES = 4;

    /** Bytes of length and type. */
    public static final int PREFIX_BYTES = LENGTH_BYTES + 1;

    /** Bytes before the payload of a data frame or back event. */
    public static final int DATA_HEADER_BYTES = PREFIX_BYTES + Integer.BYTES + Long.BYTES;

    /** The longest frame without a payload. */
    public static final int MAX_CONTROL_BYTES = PREFIX_BYTES + 1024;

    public static final int CREDIT_BYTES = PREFIX_BYTES + Integer.BYTES + Long.BYTES;
    public static final int ACKNOWLEDGE_BYTES = PREFIX_BYTES + Long.BYTES;

    static final int BACK_EVENT_LIMIT = ReceiveChannel.MAX_BACK_EVENT_BYTES;

    private static final int MAX_CODE_CHARS = 64;
    private static final int MAX_TEXT_CHARS = 256;

    private FrameWriter() {}

    public static void hello(ByteBuf out, Hello hello) {
        int start = begin(out, FrameType.HELLO);
        HelloCodec.write(out, hello);
        end(out, start);
    }

    public static void open(ByteBuf out, int handle, ChannelId channel) {
        int start = begin(out, FrameType.OPEN);
        out.writeInt(handle);
        out.writeLong(channel.job().mostSignificant());
        out.writeLong(channel.job().leastSignificant());
        out.writeInt(channel.run());
        out.writeInt(channel.edge());
        out.writeInt(channel.from());
        out.writeInt(channel.to());
        end(out, start);
    }

    /** Writes what precedes a payload of {@code payloadBytes}; the payload follows. */
    public static void dataHeader(ByteBuf out, boolean urgent, int handle, long sequence, int payloadBytes) {
        payloadHeader(out, urgent ? FrameType.DATA_URGENT : FrameType.DATA, handle, sequence, payloadBytes);
    }

    public static void backEvent(ByteBuf out, int handle, long sequence, byte[] event) {
        payloadHeader(out, FrameType.BACK_EVENT, handle, sequence, event.length);
        out.writeBytes(event);
    }

    public static void credit(ByteBuf out, int handle, long limit) {
        handleAndCount(out, FrameType.CREDIT, handle, limit);
    }

    public static void backCredit(ByteBuf out, int handle, long consumedBytes) {
        handleAndCount(out, FrameType.BACK_CREDIT, handle, consumedBytes);
    }

    public static void close(ByteBuf out, int handle, long frames) {
        handleAndCount(out, FrameType.CLOSE, handle, frames);
    }

    public static void acknowledge(ByteBuf out, long frames) {
        int start = begin(out, FrameType.ACKNOWLEDGE);
        out.writeLong(frames);
        end(out, start);
    }

    public static void stop(ByteBuf out, int handle) {
        int start = begin(out, FrameType.STOP);
        out.writeInt(handle);
        end(out, start);
    }

    public static void ping(ByteBuf out) {
        end(out, begin(out, FrameType.PING));
    }

    /** Tells the peer why the connection ends; long texts are cut. */
    public static void refuse(ByteBuf out, Problem problem) {
        int start = begin(out, FrameType.REFUSE);
        HelloCodec.writeText(out, cut(problem.code(), MAX_CODE_CHARS));
        HelloCodec.writeText(out, cut(problem.what(), MAX_TEXT_CHARS));
        end(out, start);
    }

    private static String cut(String text, int chars) {
        return text.length() <= chars ? text : text.substring(0, chars);
    }

    private static void payloadHeader(ByteBuf out, FrameType type, int handle, long sequence, int payloadBytes) {
        out.writeInt(DATA_HEADER_BYTES - LENGTH_BYTES + payloadBytes);
        out.writeByte(type.code());
        out.writeInt(handle);
        out.writeLong(sequence);
    }

    private static void handleAndCount(ByteBuf out, FrameType type, int handle, long count) {
        int start = begin(out, type);
        out.writeInt(handle);
        out.writeLong(count);
        end(out, start);
    }

    private static int begin(ByteBuf out, FrameType type) {
        int start = out.writerIndex();
        out.writeInt(0);
        out.writeByte(type.code());
        return start;
    }

    private static void end(ByteBuf out, int start) {
        out.setInt(start, out.writerIndex() - start - LENGTH_BYTES);
    }
}

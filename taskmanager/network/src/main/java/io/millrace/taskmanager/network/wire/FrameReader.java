package io.millrace.taskmanager.network.wire;

import static io.millrace.taskmanager.network.wire.FrameWriter.BACK_EVENT_LIMIT;
import static io.millrace.taskmanager.network.wire.FrameWriter.LENGTH_BYTES;
import static io.millrace.taskmanager.network.wire.FrameWriter.PREFIX_BYTES;

import io.millrace.common.core.error.ErrorCode;
import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.ChannelId;
import io.millrace.common.core.id.JobId;
import io.millrace.taskmanager.network.NetworkErrors;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads the frames of one connection from whatever fragments arrive, in three stages: prefix (length and type), head,
 * payload. Payload bytes go straight from the fragment to where the sink wants them; only a prefix or head that is cut
 * is gathered, in a scratch buffer of fixed size. Lengths are checked before anything is allocated or skipped. Owned by
 * the connection's thread; after it threw it must not be used again.
 */
public final class FrameReader {
    private static final int SCRATCH_BYTES = 1024;
    private static final int LENGTH_OF_TYPE = PREFIX_BYTES - LENGTH_BYTES;

    private final int maxPayloadBytes;
    private final ByteBuf scratch = Unpooled.buffer(SCRATCH_BYTES, SCRATCH_BYTES);
    private FrameSink sink;

    private Stage stage = Stage.PREFIX;
    private FrameType type = FrameType.PING;
    private int headBytes;
    private int payloadBytes;
    private int payloadRead;
    private byte @Nullable [] payload;
    private int backEventHandle;
    private long backEventSequence;

    private enum Stage {
        PREFIX,
        HEAD,
        PAYLOAD
    }

    /**
     * @param maxPayloadBytes cap of a data frame's payload
     * @param sink takes the frames until {@link #handTo} names another
     */
    public FrameReader(int maxPayloadBytes, FrameSink sink) {
        this.maxPayloadBytes = maxPayloadBytes;
        this.sink = sink;
    }

    /** Whether a frame is cut at this point. */
    public boolean isInsideFrame() {
        return stage != Stage.PREFIX || scratch.isReadable();
    }

    /** From the next frame on, {@code other} takes the frames; may be called by the present sink. */
    public void handTo(FrameSink other) {
        sink = other;
    }

    /**
     * Reads all of {@code in}.
     *
     * @throws MillraceException with a code of {@link NetworkErrors} if the bytes are no frame or the sink refuses one
     */
    public void read(ByteBuf in) {
        boolean more = true;
        while (more) {
            more = switch (stage) {
                case PREFIX -> readPrefix(in);
                case HEAD -> readHead(in);
                case PAYLOAD -> readPayload(in);
            };
        }
    }

    private boolean readPrefix(ByteBuf in) {
        ByteBuf bytes = gather(in, PREFIX_BYTES);
        if (bytes == null) {
            return false;
        }
        int length = bytes.readInt();
        int code = bytes.readUnsignedByte();
        scratch.clear();
        FrameType found = FrameType.of(code);
        if (found == null) {
            throw refuse(NetworkErrors.MALFORMED_FRAME, "Frame type " + code + " does not exist, length " + length);
        }
        type = found;
        checkLength(length);
        stage = Stage.HEAD;
        return true;
    }

    private void checkLength(int length) {
        int shortest = LENGTH_OF_TYPE + type.minHeadBytes();
        int longest = LENGTH_OF_TYPE + type.maxHeadBytes();
        if (type == FrameType.BACK_EVENT) {
            longest += BACK_EVENT_LIMIT;
        } else if (type.hasPayload()) {
            shortest += 1;
            longest += maxPayloadBytes;
        }
        if (length > longest) {
            throw refuse(
                    NetworkErrors.FRAME_TOO_LARGE,
                    "A frame " + type + " has at most length " + longest + ", found " + length);
        }
        if (length < shortest) {
            throw refuse(
                    NetworkErrors.MALFORMED_FRAME,
                    "A frame " + type + " has at least length " + shortest + ", found " + length);
        }
        headBytes = type.hasPayload() ? type.minHeadBytes() : length - LENGTH_OF_TYPE;
        payloadBytes = length - LENGTH_OF_TYPE - headBytes;
    }

    private boolean readHead(ByteBuf in) {
        ByteBuf bytes = gather(in, headBytes);
        if (bytes == null) {
            return false;
        }
        // The next stage is set first: a sink that throws leaves a reader that is not used again.
        stage = type.hasPayload() ? Stage.PAYLOAD : Stage.PREFIX;
        payloadRead = 0;
        dispatch(bytes);
        scratch.clear();
        return true;
    }

    private void dispatch(ByteBuf head) {
        switch (type) {
            case HELLO -> sink.onHello(HelloCodec.read(head, headBytes));
            case OPEN -> sink.onOpen(head.readInt(), readChannel(head));
            case DATA -> payload = sink.onData(head.readInt(), head.readLong(), payloadBytes, false);
            case DATA_URGENT -> payload = sink.onData(head.readInt(), head.readLong(), payloadBytes, true);
            case CREDIT -> sink.onCredit(head.readInt(), head.readLong());
            case ACKNOWLEDGE -> sink.onAcknowledge(head.readLong());
            case BACK_EVENT -> {
                backEventHandle = head.readInt();
                backEventSequence = head.readLong();
                payload = new byte[payloadBytes];
            }
            case BACK_CREDIT -> sink.onBackCredit(head.readInt(), head.readLong());
            case CLOSE -> sink.onClose(head.readInt(), head.readLong());
            case STOP -> sink.onStop(head.readInt());
            case PING -> sink.onPing();
            case REFUSE -> {
                int end = head.readerIndex() + headBytes;
                String code = HelloCodec.readText(head, end);
                sink.onRefuse(code, HelloCodec.readText(head, end));
                HelloCodec.expectEnd(head, end);
            }
        }
    }

    private boolean readPayload(ByteBuf in) {
        int step = Math.min(payloadBytes - payloadRead, in.readableBytes());
        byte[] target = payload;
        if (target == null) {
            in.skipBytes(step);
        } else {
            in.readBytes(target, payloadRead, step);
        }
        payloadRead += step;
        if (payloadRead < payloadBytes) {
            return false;
        }
        stage = Stage.PREFIX;
        payload = null;
        if (type == FrameType.BACK_EVENT) {
            sink.onBackEvent(backEventHandle, backEventSequence, Objects.requireNonNull(target));
        } else {
            sink.onDataEnd(payloadBytes);
        }
        return true;
    }

    /** The buffer from which {@code count} bytes can be read now, or null after taking what there is. */
    private @Nullable ByteBuf gather(ByteBuf in, int count) {
        int gathered = scratch.readableBytes();
        if (gathered == 0 && in.readableBytes() >= count) {
            return in;
        }
        scratch.writeBytes(in, Math.min(count - gathered, in.readableBytes()));
        return scratch.readableBytes() == count ? scratch : null;
    }

    private static ChannelId readChannel(ByteBuf head) {
        JobId job = new JobId(head.readLong(), head.readLong());
        return new ChannelId(job, head.readInt(), head.readInt(), head.readInt(), head.readInt());
    }

    private static MillraceException refuse(ErrorCode code, String what) {
        return Problem.of(code, what).asException();
    }
}

package io.millrace.taskmanager.network.wire;

import org.jspecify.annotations.Nullable;

/** The kinds of frame with their code and how many bytes of fixed-size or bounded head follow the type byte. */
public enum FrameType {
    HELLO(1, 49, 1024),
    OPEN(2, 36, 36),
    DATA(3, 12, 12),
    /** As DATA; the sender is short of buffers and wants an acknowledgement at once. */
    DATA_URGENT(4, 12, 12),
    CREDIT(5, 12, 12),
    ACKNOWLEDGE(6, 8, 8),
    BACK_EVENT(7, 12, 12),
    BACK_CREDIT(8, 12, 12),
    CLOSE(9, 12, 12),
    STOP(10, 4, 4),
    PING(11, 0, 0),
    REFUSE(12, 4, 1024);

    private static final @Nullable FrameType[] BY_CODE = new @Nullable FrameType[13];

    static {
        for (FrameType type : values()) {
            BY_CODE[type.code] = type;
        }
    }

    private final int code;
    private final int minHeadBytes;
    private final int maxHeadBytes;

    FrameType(int code, int minHeadBytes, int maxHeadBytes) {
        this.code = code;
        this.minHeadBytes = minHeadBytes;
        this.maxHeadBytes = maxHeadBytes;
    }

    /** The type with this code, or null. */
    static @Nullable FrameType of(int code) {
        return code < BY_CODE.length ? BY_CODE[code] : null;
    }

    public int code() {
        return code;
    }

    /** The smallest head; where it equals {@link #maxHeadBytes} the head's size is fixed. */
    int minHeadBytes() {
        return minHeadBytes;
    }

    int maxHeadBytes() {
        return maxHeadBytes;
    }

    /** Whether bytes of the frame's user follow the head. */
    boolean hasPayload() {
        return this == DATA || this == DATA_URGENT || this == BACK_EVENT;
    }

    /**
     * Whether the frame counts in the connection's sequence: it is kept until acknowledged and sent again after a
     * reconnect. The others carry absolute values and are simply repeated.
     */
    public boolean isSequenced() {
        return switch (this) {
            case OPEN, DATA, DATA_URGENT, BACK_EVENT, CLOSE, STOP -> true;
            case HELLO, CREDIT, ACKNOWLEDGE, BACK_CREDIT, PING, REFUSE -> false;
        };
    }
}

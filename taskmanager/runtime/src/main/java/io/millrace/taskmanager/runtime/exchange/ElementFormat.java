package io.millrace.taskmanager.runtime.exchange;

import io.millrace.taskmanager.runtime.stream.Control;
import org.jspecify.annotations.Nullable;

/**
 * How elements are laid out in the byte stream of a channel, little-endian: a header of four bytes, kind in the upper 4
 * bits and number of bytes that follow in the lower 28, then those bytes. {@code docs/protocol/elements.md} is the law.
 */
final class ElementFormat {
    static final int HEADER_BYTES = 4;
    static final int TIMESTAMP_BYTES = 8;
    static final int NUMBER_BYTES = 8;
    static final int LENGTH_BITS = 28;
    static final int MAX_LENGTH = (1 << LENGTH_BITS) - 1;

    /** An element without a timestamp: the serialized value. */
    static final int RECORD = 1;
    /** An element with a timestamp: eight bytes of timestamp, the serialized value. */
    static final int TIMESTAMPED_RECORD = 2;
    /** Eight bytes: its value. */
    static final int WATERMARK = 3;

    static final int IDLE = 4;
    static final int ACTIVE = 5;
    static final int END_OF_INPUT = 6;
    /** Eight bytes: its number. */
    static final int BARRIER = 7;

    private ElementFormat() {}

    static int header(int kind, int length) {
        return kind << LENGTH_BITS | length;
    }

    static int kind(int header) {
        return header >>> LENGTH_BITS;
    }

    static int length(int header) {
        return header & MAX_LENGTH;
    }

    static int kindOf(Control control) {
        return switch (control) {
            case WATERMARK -> WATERMARK;
            case IDLE -> IDLE;
            case ACTIVE -> ACTIVE;
            case END_OF_INPUT -> END_OF_INPUT;
            case BARRIER -> BARRIER;
        };
    }

    /** The control element that a kind stands for; null if it stands for none. */
    static @Nullable Control controlOf(int kind) {
        return switch (kind) {
            case WATERMARK -> Control.WATERMARK;
            case IDLE -> Control.IDLE;
            case ACTIVE -> Control.ACTIVE;
            case END_OF_INPUT -> Control.END_OF_INPUT;
            case BARRIER -> Control.BARRIER;
            default -> null;
        };
    }

    /** How many bytes must follow the header of a control element. */
    static int controlLength(Control control) {
        return control.isNumbered() ? NUMBER_BYTES : 0;
    }
}

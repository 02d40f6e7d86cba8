package io.millrace.taskmanager.runtime.source;

import java.util.Arrays;

/** What a reader sends back to its enumerator: a kind of one byte, then a source event's bytes if it is one. */
enum ReaderEvent {
    /** The reader runs. */
    REGISTER(1),
    /** The reader wants a split. */
    REQUEST_SPLIT(2),
    /** A source event. */
    SOURCE_EVENT(3),
    /** The reader is at its end. */
    ENDED(4);

    private final byte code;

    ReaderEvent(int code) {
        this.code = (byte) code;
    }

    byte[] encode() {
        return new byte[] {code};
    }

    byte[] encode(byte[] event) {
        byte[] bytes = new byte[1 + event.length];
        bytes[0] = code;
        System.arraycopy(event, 0, bytes, 1, event.length);
        return bytes;
    }

    static ReaderEvent kindOf(byte[] bytes) {
        for (ReaderEvent event : values()) {
            if (bytes.length > 0 && bytes[0] == event.code) {
                return event;
            }
        }
        throw new IllegalArgumentException("No reader event: " + Arrays.toString(bytes));
    }

    static byte[] payloadOf(byte[] bytes) {
        return Arrays.copyOfRange(bytes, 1, bytes.length);
    }
}

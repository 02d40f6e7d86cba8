package io.millrace.taskmanager.network;

import io.millrace.common.core.error.Check;

/**
 * The payload of one received frame: bytes {@code 0} up to {@link #length} of {@link #bytes}. Recycled by its channel.
 */
public final class Chunk {
    private final byte[] bytes;
    private int length;

    public Chunk(int capacity) {
        this.bytes = new byte[capacity];
    }

    /** The array that holds the payload; longer than the payload as a rule. */
    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return length;
    }

    /** Sets the payload's length after its bytes were written; for the channel that fills the chunk. */
    public void setLength(int payloadBytes) {
        Check.argument(payloadBytes >= 0 && payloadBytes <= bytes.length, "payload does not fit the chunk");
        this.length = payloadBytes;
    }
}

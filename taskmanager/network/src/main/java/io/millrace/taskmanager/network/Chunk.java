package io.millrace.taskmanager.network;

import io.millrace.common.core.error.Check;

/**
 * The payload of one received frame: bytes {@code 0} up to {@link #length} of {@link #bytes}. Lent by its channel to
 * the slot's thread between {@link ReceiveChannel#poll} and {@link ReceiveChannel#release}; using it afterwards is
 * refused.
 */
public final class Chunk {
    private static final int EMPTY = -1;

    private final byte[] bytes;
    private int length = EMPTY;

    public Chunk(int capacity) {
        this.bytes = new byte[capacity];
    }

    /** The array that holds the payload; longer than the payload as a rule. */
    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        Check.invariant(length != EMPTY, "a chunk is used after it was released");
        return length;
    }

    /** For the channel: the payload is complete, from here on the chunk is lent. */
    public void fill(int payloadBytes) {
        Check.invariant(length == EMPTY, "a chunk is filled while it is lent");
        Check.argument(payloadBytes >= 0 && payloadBytes <= bytes.length, "payload does not fit the chunk");
        length = payloadBytes;
    }

    /** For the channel: the chunk came back. Each chunk comes back once for each time it was filled. */
    public void empty() {
        Check.invariant(length != EMPTY, "a chunk is released twice");
        length = EMPTY;
    }
}

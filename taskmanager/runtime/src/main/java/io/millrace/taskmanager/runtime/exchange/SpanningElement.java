package io.millrace.taskmanager.runtime.exchange;

import io.millrace.api.types.BinaryReader;
import java.util.Arrays;

/**
 * Puts together one element whose bytes arrive in several chunks. Grows as bytes arrive, never on the word of a header.
 */
final class SpanningElement {
    private static final int INITIAL_BYTES = 256;
    /** An array beyond this size is given back after its element. */
    private static final int KEPT_BYTES = 1 << 20;

    private final BinaryReader headerReader = new BinaryReader();
    private byte[] bytes = new byte[INITIAL_BYTES];
    private int filled;

    boolean isEmpty() {
        return filled == 0;
    }

    /** Header and payload so far, from index 0. */
    byte[] bytes() {
        return bytes;
    }

    int header() {
        headerReader.reset(bytes, 0, ElementFormat.HEADER_BYTES);
        return headerReader.readInt();
    }

    boolean isComplete() {
        return filled >= ElementFormat.HEADER_BYTES && filled == wanted();
    }

    private int wanted() {
        return filled < ElementFormat.HEADER_BYTES
                ? ElementFormat.HEADER_BYTES
                : ElementFormat.HEADER_BYTES + ElementFormat.length(header());
    }

    /** Takes what it can use of {@code source[from, to)}. @return the index of the first byte it did not take */
    int take(byte[] source, int from, int to) {
        int at = from;
        while (at < to && filled < wanted()) {
            int count = Math.min(wanted() - filled, to - at);
            if (bytes.length - filled < count) {
                bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, filled + count));
            }
            System.arraycopy(source, at, bytes, filled, count);
            filled += count;
            at += count;
        }
        return at;
    }

    void clear() {
        filled = 0;
        if (bytes.length > KEPT_BYTES) {
            bytes = new byte[INITIAL_BYTES];
        }
    }
}

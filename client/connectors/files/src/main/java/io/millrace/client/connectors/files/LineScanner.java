package io.millrace.client.connectors.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Cuts a stream of bytes into lines. Holds one block, or one line if that is longer, up to a limit. */
final class LineScanner {
    private static final int BLOCK_BYTES = 64 * 1024;

    private final InputStream input;
    private final int maxLineBytes;
    private byte[] bytes = new byte[BLOCK_BYTES];
    /**
     * Unread bytes are from {@code start} up to but without {@code end}; up to {@code scanned} they hold no line end.
     */
    private int start;

    private int scanned;
    private int end;
    /** Bytes of the line at {@code start} that were thrown away because it is too long. */
    private long skipped;

    private long position;

    /** @param position where in the content {@code input} stands */
    LineScanner(InputStream input, int maxLineBytes, long position) {
        this.input = input;
        this.maxLineBytes = maxLineBytes;
        this.position = position;
    }

    /** How many bytes the lines returned so far had, their line ends included. */
    long position() {
        return position;
    }

    /**
     * The next line, or null if there is none (yet).
     *
     * @param mayGrow whether a last line without a line end is still being written
     */
    @Nullable
    String next(boolean mayGrow) throws IOException {
        while (true) {
            int lineEnd = findLineEnd();
            if (lineEnd >= 0) {
                return take(lineEnd, lineEnd + 1);
            }
            if (!fill()) {
                boolean isLast = !mayGrow && end > start;
                return isLast ? take(end, end) : null;
            }
        }
    }

    private int findLineEnd() {
        for (int at = scanned; at < end; at++) {
            if (bytes[at] == '\n') {
                return at;
            }
        }
        scanned = end;
        return -1;
    }

    private String take(int lineEnd, int next) {
        int length = lineEnd - start;
        if (length > 0 && skipped == 0 && bytes[lineEnd - 1] == '\r') {
            length--;
        }
        String line = new String(bytes, start, Math.min(length, maxLineBytes + 1), StandardCharsets.UTF_8);
        position += skipped + next - start;
        skipped = 0;
        start = next;
        scanned = next;
        return line;
    }

    /** @return false at the end of the input */
    private boolean fill() throws IOException {
        if (start > 0) {
            System.arraycopy(bytes, start, bytes, 0, end - start);
            end -= start;
            scanned -= start;
            start = 0;
        }
        if (end > maxLineBytes + 1) {
            // Too long: keep what shows that, forget the rest.
            skipped += end - (maxLineBytes + 1);
            end = maxLineBytes + 1;
            scanned = end;
        }
        if (end == bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * bytes.length);
        }
        int read = input.read(bytes, end, bytes.length - end);
        if (read <= 0) {
            return false;
        }
        end += read;
        return true;
    }
}

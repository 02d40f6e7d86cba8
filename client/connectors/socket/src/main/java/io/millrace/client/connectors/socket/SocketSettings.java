package io.millrace.client.connectors.socket;

import java.io.Serializable;

/**
 * How patient a socket source is.
 *
 * @param maxRetries how often a failed or broken connection is made again
 * @param retryDelayMillis wait before that
 * @param maxLineBytes a longer line is cut to one byte more, so that its reader sees that it is too long
 */
public record SocketSettings(int maxRetries, long retryDelayMillis, int maxLineBytes) implements Serializable {
    public static final int DEFAULT_MAX_LINE_BYTES = 16 * 1024 * 1024;

    public SocketSettings {
        if (maxRetries < 0 || retryDelayMillis < 0 || maxLineBytes < 1) {
            throw new IllegalArgumentException("Retries and delay are not negative, a line has at least one byte");
        }
    }
}

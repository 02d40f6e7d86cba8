package io.millrace.common.core.error;

/**
 * Assertions that stay on. A failed check is a bug of Millrace, never a user's mistake; only hosts catch it. Per record
 * use {@code assert} instead.
 */
public final class Check {

    private Check() {}

    /** @throws IllegalStateException with {@code message} if {@code condition} is false */
    public static void invariant(boolean condition, String message) {
        if (!condition) {
            throw new IllegalStateException("Invariant broken: " + message);
        }
    }

    /** @throws IllegalArgumentException with {@code message} if {@code condition} is false */
    public static void argument(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}

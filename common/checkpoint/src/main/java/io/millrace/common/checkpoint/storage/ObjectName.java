package io.millrace.common.checkpoint.storage;

import io.millrace.common.core.error.Check;
import java.util.regex.Pattern;

/**
 * The name of an object below the root of its storage: words joined by slashes. No word begins with a dot, so that a
 * name can neither leave the root nor meet what a storage hides there.
 */
public record ObjectName(String text) implements Comparable<ObjectName> {
    public static final int MAX_LENGTH = 400;

    private static final Pattern WORDS =
            Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9_.-]{0,199}(/[A-Za-z0-9_-][A-Za-z0-9_.-]{0,199})*+");

    public ObjectName {
        Check.argument(
                text.length() <= MAX_LENGTH && WORDS.matcher(text).matches(),
                "A name is made of words of letters, digits, '_', '-' and '.', joined by '/': not '" + text + "'");
    }

    /** Whether {@code text} is the text of a name. */
    public static boolean isWellFormed(String text) {
        return text.length() <= MAX_LENGTH && WORDS.matcher(text).matches();
    }

    @Override
    public int compareTo(ObjectName other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}

package io.millrace.common.checkpoint.s3;

import io.millrace.common.checkpoint.storage.ObjectName;
import io.millrace.common.core.error.Check;
import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.error.Problem;
import java.util.regex.Pattern;

/**
 * A place in an object store.
 *
 * @param bucket 3 to 63 lower-case letters, digits, '-' and '.'
 * @param prefix what the keys of all objects there begin with, less the slash that follows; empty for the whole bucket
 */
public record S3Location(String bucket, String prefix) {
    private static final String SCHEME = "s3://";
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

    public S3Location {
        Check.argument(isBucket(bucket), "Not the name of a bucket: '" + bucket + "'");
        Check.argument(isPrefix(prefix), "Not a prefix of names: '" + prefix + "'");
    }

    /**
     * Reads {@code s3://bucket/prefix}; the prefix may be absent or end with a slash.
     *
     * @throws MillraceException with {@link S3Errors#S3_LOCATION_INVALID} for anything else
     */
    public static S3Location parse(String text) {
        if (!text.startsWith(SCHEME)) {
            throw invalid(text, "It does not begin with " + SCHEME);
        }
        String rest = text.substring(SCHEME.length());
        int slash = rest.indexOf('/');
        String bucket = slash < 0 ? rest : rest.substring(0, slash);
        String prefix = slash < 0 ? "" : rest.substring(slash + 1);
        if (prefix.endsWith("/")) {
            prefix = prefix.substring(0, prefix.length() - 1);
        }
        if (!isBucket(bucket)) {
            throw invalid(text, "A bucket's name has 3 to 63 lower-case letters, digits, '-' and '.'");
        }
        if (!isPrefix(prefix)) {
            throw invalid(
                    text, "A prefix is made of words of letters, digits, '_', '-' and '.', joined by single slashes");
        }
        return new S3Location(bucket, prefix);
    }

    /** What the keys of all objects there begin with, up to where their names begin. */
    String keyPrefix() {
        return prefix.isEmpty() ? "" : prefix + "/";
    }

    String keyOf(ObjectName name) {
        return keyPrefix() + name.text();
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return SCHEME + bucket + (prefix.isEmpty() ? "" : "/" + prefix);
    }

    private static boolean isBucket(String text) {
        return BUCKET.matcher(text).matches();
    }

    private static boolean isPrefix(String text) {
        return text.isEmpty() || ObjectName.isWellFormed(text);
    }

    /** People put keys before an '@': such a text is not shown. */
    private static MillraceException invalid(String text, String why) {
        String shown = text.contains("@") ? "A text with '@'" : "'" + text + "'";
        return Problem.of(S3Errors.S3_LOCATION_INVALID, shown + " is no place in an object store")
                .because(why)
                .fix("Write s3://BUCKET/PREFIX; endpoint, region and keys have settings of their own")
                .asException();
    }
}

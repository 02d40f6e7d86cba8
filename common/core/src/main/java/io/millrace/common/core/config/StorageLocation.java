package io.millrace.common.core.config;

import io.millrace.common.core.error.Check;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/** Where a job's checkpoints are kept, as its author names the place. */
public sealed interface StorageLocation {
    String S3 = "s3://";

    /** Written as the user may write it; {@link #parse} reads it again. */
    @Override
    String toString();

    /** Where the cluster keeps those of jobs that name no place. */
    record ClusterDefault() implements StorageLocation {
        @Override
        public String toString() {
            return "";
        }
    }

    /** A directory that all processes of the cluster see under this absolute path. */
    record Directory(String path) implements StorageLocation {
        public Directory {
            Check.argument(path.startsWith("/"), "'" + path + "' is not an absolute path");
        }

        @Override
        public String toString() {
            return path;
        }
    }

    /**
     * A place in a bucket of an object store.
     *
     * @param bucket 3 to 63 lower-case letters, digits, '-' and '.'
     * @param prefix what the keys of all objects there begin with, less the slash that follows; empty for the whole
     *     bucket
     */
    record Bucket(String bucket, String prefix) implements StorageLocation {
        private static final Pattern BUCKETS = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
        /** No word begins with a dot, so that nothing leads out of the place. */
        private static final Pattern PREFIXES =
                Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9_.-]{0,199}" + "(/[A-Za-z0-9_-][A-Za-z0-9_.-]{0,199})*+");

        private static final int LONGEST_PREFIX = 400;

        public Bucket {
            Check.argument(
                    BUCKETS.matcher(bucket).matches(),
                    "A bucket's name has 3 to 63 lower-case letters, digits, '-' and '.'");
            Check.argument(
                    prefix.isEmpty()
                            || (prefix.length() <= LONGEST_PREFIX
                                    && PREFIXES.matcher(prefix).matches()),
                    "A prefix is made of words of letters, digits, '_', '-' and '.', joined by single slashes");
        }

        @Override
        public String toString() {
            return S3 + bucket + (prefix.isEmpty() ? "" : "/" + prefix);
        }
    }

    /**
     * Reads {@code file:///path}, an absolute path, or {@code s3://bucket/prefix}; an empty text is the cluster's
     * place.
     *
     * @throws IllegalArgumentException for everything else; the message says why
     */
    static StorageLocation parse(String text) {
        String trimmed = text.strip();
        if (trimmed.isEmpty()) {
            return new ClusterDefault();
        }
        if (trimmed.startsWith("/")) {
            return new Directory(trimmed);
        }
        if (trimmed.startsWith(S3)) {
            return bucket(trimmed.substring(S3.length()));
        }
        URI uri;
        try {
            uri = new URI(trimmed);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("It is neither a path nor a URI: " + e.getReason(), e);
        }
        String scheme = uri.getScheme();
        Check.argument(
                scheme != null, "It is a relative path, and the processes of a cluster run in different directories");
        Check.argument(scheme.equals("file"), "There is no storage for '" + scheme + ":'");
        return directory(uri);
    }

    private static StorageLocation directory(URI uri) {
        Check.argument(uri.getAuthority() == null, "It names a host; a path has three slashes: file:///path");
        String path = uri.getPath();
        Check.argument(path != null && path.startsWith("/"), "It has no absolute path: file:///path");
        Check.argument(
                uri.getRawQuery() == null && uri.getRawFragment() == null,
                "Something with '?' or '#' follows the path");
        return new Directory(path);
    }

    private static StorageLocation bucket(String rest) {
        int slash = rest.indexOf('/');
        String bucket = slash < 0 ? rest : rest.substring(0, slash);
        String prefix = slash < 0 ? "" : rest.substring(slash + 1);
        return new Bucket(bucket, prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix);
    }
}

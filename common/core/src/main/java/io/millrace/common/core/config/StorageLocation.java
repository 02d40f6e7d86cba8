package io.millrace.common.core.config;

import io.millrace.common.core.error.Check;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/** Where a job's checkpoints are kept, as its author names the place. */
public sealed interface StorageLocation {

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
     * A bucket of an object store; the names of all objects begin with the prefix, which is empty or ends in a slash.
     */
    record Bucket(String bucket, String prefix) implements StorageLocation {
        private static final Pattern BUCKETS = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

        public Bucket {
            Check.argument(BUCKETS.matcher(bucket).matches(), "'" + bucket + "' is not the name of a bucket");
            Check.argument(
                    prefix.isEmpty() || (prefix.endsWith("/") && !prefix.startsWith("/")),
                    "'" + prefix + "' is not a prefix");
        }

        @Override
        public String toString() {
            return "s3://" + bucket + "/" + prefix;
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
        URI uri;
        try {
            uri = new URI(trimmed);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("'" + text + "' is neither a path nor a URI: " + e.getReason(), e);
        }
        String scheme = uri.getScheme();
        Check.argument(
                scheme != null,
                "'" + text + "' is a relative path, and the processes of a cluster run in different directories");
        return switch (scheme) {
            case "file" -> directory(text, uri);
            case "s3" -> bucket(text, uri);
            default -> throw new IllegalArgumentException("There is no storage for '" + scheme + ":'");
        };
    }

    private static StorageLocation directory(String text, URI uri) {
        Check.argument(
                uri.getAuthority() == null,
                "'" + text + "' names the host " + uri.getAuthority() + "; a path has three slashes: file:///path");
        String path = uri.getPath();
        Check.argument(path != null && path.startsWith("/"), "'" + text + "' has no absolute path: file:///path");
        return new Directory(path);
    }

    private static StorageLocation bucket(String text, URI uri) {
        Check.argument(uri.getAuthority() != null, "'" + text + "' names no bucket");
        String prefix = uri.getPath().replaceAll("^/+|/+$", "");
        return new Bucket(uri.getAuthority(), prefix.isEmpty() ? "" : prefix + "/");
    }
}

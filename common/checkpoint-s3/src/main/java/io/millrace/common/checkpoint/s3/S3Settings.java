package io.millrace.common.checkpoint.s3;

import io.millrace.common.core.config.StorageLocation;
import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.error.Problem;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How an object store is reached. Holds no secrets, so it may be shown and logged.
 *
 * @param endpoint {@code https://host:port} of the store; empty for AWS's own in {@code region}
 * @param region which region requests are signed for; stores other than AWS take any, mostly {@code us-east-1}
 * @param pathStyle whether the bucket stands in the path and not in the host's name, as stores other than AWS need it
 * @param timeoutMs how long the store may be silent before a request counts as failed
 */
public record S3Settings(
        StorageLocation.Bucket location,
        String endpoint,
        String region,
        boolean pathStyle,
        S3Credentials credentials,
        int timeoutMs) {
    private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,63}");

    /** @throws MillraceException with {@link S3Errors#S3_SETTING_INVALID} for a value that cannot be */
    public S3Settings {
        if (!endpoint.isEmpty() && !isEndpoint(endpoint)) {
            String shown = endpoint.contains("@") ? "A text with '@'" : "'" + endpoint + "'";
            throw invalid(shown + " is no endpoint", "Write http://HOST:PORT or https://HOST:PORT, and nothing after");
        }
        if (!REGION.matcher(region).matches()) {
            throw invalid("'" + region + "' is no region", "Name the bucket's region, as us-east-1");
        }
        if (timeoutMs <= 0) {
            throw invalid("A timeout of " + timeoutMs + " ms never ends well", "Give a number above 0");
        }
    }

    private static boolean isEndpoint(String text) {
        URI uri = uri(text);
        return uri != null
                && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                && uri.getHost() != null
                && uri.getUserInfo() == null
                && (uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"))
                && uri.getRawQuery() == null
                && uri.getRawFragment() == null;
    }

    private static @Nullable URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            return null;
        }
    }

    private static MillraceException invalid(String what, String step) {
        return Problem.of(S3Errors.S3_SETTING_INVALID, what)
                .at("settings of the object store")
                .fix(step)
                .asException();
    }
}

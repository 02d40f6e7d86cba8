package io.millrace.common.core.config;

import java.time.Duration;
import java.util.List;

/**
 * How the processes of a cluster, and the client where it reads checkpoints itself, reach places that are named
 * {@code s3://bucket/prefix}.
 */
public final class S3Options {
    public static final ConfigOption<String> ENDPOINT = new ConfigOption<>(
            "s3.endpoint",
            new ConfigType.TextType(),
            "",
            "Object store for s3:// places, as https://HOST:PORT. Empty: AWS, in s3.region.");
    public static final ConfigOption<String> REGION = new ConfigOption<>(
            "s3.region",
            new ConfigType.TextType(),
            "us-east-1",
            "Region that requests to the object store are signed for.");
    public static final ConfigOption<String> ADDRESSING = new ConfigOption<>(
            "s3.addressing",
            new ConfigType.ChoiceType(List.of("auto", "path", "host")),
            "auto",
            "Whether the bucket stands in the path of a request or in its host's name. auto: in the path if there is an"
                    + " s3.endpoint.");
    public static final ConfigOption<String> CREDENTIALS_FILE = new ConfigOption<>(
            "s3.credentials-file",
            new ConfigType.TextType(),
            "",
            "File with aws_access_key_id, aws_secret_access_key and, if need be, aws_session_token, a line each; read for"
                    + " every request. Empty: where AWS's own tools look.");
    public static final ConfigOption<Duration> TIMEOUT = new ConfigOption<>(
            "s3.timeout",
            new ConfigType.DurationType(),
            "10s",
            "How long the object store may be silent before a request counts as failed.");

    static final List<ConfigOption<?>> ALL = List.of(ENDPOINT, REGION, ADDRESSING, CREDENTIALS_FILE, TIMEOUT);

    private S3Options() {}
}

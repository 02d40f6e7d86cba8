package io.millrace.common.checkpoint.s3;

import java.nio.file.Path;

/** Where the keys come from that requests are signed with. Never holds a key. */
public sealed interface S3Credentials {

    /** Where AWS's own tools look: environment, system properties, profiles, the role of the container or machine. */
    record Chain() implements S3Credentials {}

    /**
     * A file with lines {@code aws_access_key_id = …} and {@code aws_secret_access_key = …}, and for temporary keys
     * {@code aws_session_token = …}; a line {@code [default]} may stand before them. It is read for every request, so
     * that keys are changed by replacing the file.
     */
    record KeyFile(Path file) implements S3Credentials {}
}

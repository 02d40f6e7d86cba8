package io.millrace.common.checkpoint.s3;

import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.error.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Looks up what requests are signed with. No message ever shows a line of a file. Thread-safe. */
sealed interface Keys extends AwsCredentialsProvider, AutoCloseable {

    static Keys of(S3Credentials credentials) {
        if (credentials instanceof S3Credentials.KeyFile inFile) {
            return new FileKeys(inFile.file());
        }
        return new ChainKeys(DefaultCredentialsProvider.builder().build());
    }

    @Override
    void close();

    /** The first that the chain finds, which it keeps and renews. */
    record ChainKeys(DefaultCredentialsProvider chain) implements Keys {
        @Override
        public AwsCredentials resolveCredentials() {
            try {
                return chain.resolveCredentials();
            } catch (SdkClientException e) {
                throw Problem.of(S3Errors.S3_CREDENTIALS_UNUSABLE, "No access key was found for the object store")
                        .at("the AWS default chain: environment, system properties, profiles, role")
                        .because(String.valueOf(e.getMessage()))
                        .fix("Give this process a key or a role there, or name a file with keys")
                        .asException();
            }
        }

        @Override
        public void close() {
            chain.close();
        }
    }

    /** What a file says at the time of the request. */
    record FileKeys(Path file) implements Keys {
        private static final String ACCESS_KEY = "aws_access_key_id";
        private static final String SECRET = "aws_secret_access_key";
        private static final String TOKEN = "aws_session_token";
        private static final Set<String> KNOWN = Set.of(ACCESS_KEY, SECRET, TOKEN);

        @Override
        public AwsCredentials resolveCredentials() {
            Map<String, String> values = values();
            String accessKey = required(values, ACCESS_KEY);
            String secret = required(values, SECRET);
            String token = values.get(TOKEN);
            return token == null
                    ? AwsBasicCredentials.create(accessKey, secret)
                    : AwsSessionCredentials.create(accessKey, secret, token);
        }

        @Override
        public void close() {
            // Nothing is held between calls.
        }

        private Map<String, String> values() {
            Map<String, String> values = new HashMap<>();
            List<String> lines = lines();
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i).strip();
                boolean heading = line.startsWith("[") && line.endsWith("]") && values.isEmpty();
                if (line.isEmpty() || line.startsWith("#") || heading) {
                    continue;
                }
                int equals = line.indexOf('=');
                String name = equals < 0 ? "" : line.substring(0, equals).strip();
                if (!KNOWN.contains(name)) {
                    throw unusable("Line " + (i + 1) + " is none of " + ACCESS_KEY + ", " + SECRET + ", " + TOKEN);
                }
                if (values.put(name, line.substring(equals + 1).strip()) != null) {
                    throw unusable("Line " + (i + 1) + " gives " + name + " a second time");
                }
            }
            return values;
        }

        private List<String> lines() {
            try {
                return Files.readAllLines(file, StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw unusable("Reading it failed: " + e.getClass().getSimpleName());
            }
        }

        private String required(Map<String, String> values, String name) {
            String value = values.getOrDefault(name, "");
            if (value.isEmpty()) {
                throw unusable("It has no " + name);
            }
            return value;
        }

        private MillraceException unusable(String why) {
            return Problem.of(S3Errors.S3_CREDENTIALS_UNUSABLE, "The file with the object store's keys is of no use")
                    .at(file.toString())
                    .because(why)
                    .fix("Write lines '" + ACCESS_KEY + " = KEY' and '" + SECRET
                            + " = SECRET' into it, readable by the user that runs Millrace")
                    .asException();
        }
    }
}

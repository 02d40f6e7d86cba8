package io.millrace.common.checkpoint.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.millrace.common.core.config.StorageLocation;
import io.millrace.common.core.error.MillraceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

class S3SettingsTest {
    @TempDir
    Path directory;

    private static S3Settings settings(String endpoint, String region, int timeoutMs) {
        return new S3Settings(
                new StorageLocation.Bucket("bucket", ""), endpoint, region, true, new S3Credentials.Chain(), timeoutMs);
    }

    private static MillraceException refusal(String endpoint, String region, int timeoutMs) {
        return catchThrowableOfType(MillraceException.class, () -> settings(endpoint, region, timeoutMs));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "http://localhost:9000", "https://store.example", "https://store.example/"})
    void anEndpointIsAHost(String endpoint) {
        assertThat(settings(endpoint, "us-east-1", 1).endpoint()).isEqualTo(endpoint);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost:9000",
                "ftp://store",
                "http://",
                "http://store/path",
                "http://store?x=1",
                "http://store#x",
                "http://a b",
                "http://key:canary@store"
            })
    void anythingElseIsNoEndpoint(String endpoint) {
        MillraceException refused = refusal(endpoint, "us-east-1", 1);
        assertThat(refused.code()).isEqualTo("S3_SETTING_INVALID");
        assertThat(refused.problem().nextStep()).isNotEmpty();
        assertThat(refused).hasMessageNotContaining("canary");
    }

    @Test
    void aRegionAndATimeoutAreNeeded() {
        assertThat(refusal("", "", 1).code()).isEqualTo("S3_SETTING_INVALID");
        assertThat(refusal("", "US East", 1).code()).isEqualTo("S3_SETTING_INVALID");
        assertThat(refusal("", "us-east-1", 0).code()).isEqualTo("S3_SETTING_INVALID");
    }

    private AwsCredentials keys(String text) throws IOException {
        Path file = Files.writeString(directory.resolve("keys"), text);
        try (Keys keys = Keys.of(new S3Credentials.KeyFile(file))) {
            return keys.resolveCredentials();
        }
    }

    @Test
    void keysAreReadFromAFile() throws IOException {
        AwsCredentials plain = keys("aws_access_key_id = key\naws_secret_access_key = se=cr/et+\n");
        assertThat(plain.accessKeyId()).isEqualTo("key");
        assertThat(plain.secretAccessKey()).isEqualTo("se=cr/et+");

        AwsCredentials temporary =
                keys("# made today\n[default]\naws_access_key_id=k\n\naws_secret_access_key=s\naws_session_token=t\n");
        assertThat(temporary).isEqualTo(AwsSessionCredentials.create("k", "s", "t"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "aws_access_key_id = key",
                "aws_access_key_id = key\naws_secret_access_key =",
                "canary",
                "secret = canary",
                "aws_access_key_id = a\naws_access_key_id = b",
                "aws_access_key_id = a\naws_secret_access_key = canary\n[other]\naws_access_key_id = b",
            })
    void aFileThatIsNoKeyFileIsRefusedWithoutShowingIt(String text) {
        MillraceException refused = catchThrowableOfType(MillraceException.class, () -> keys(text));
        assertThat(refused.code()).isEqualTo("S3_CREDENTIALS_UNUSABLE");
        assertThat(refused.problem().where()).endsWith("keys");
        assertThat(refused).hasMessageNotContaining("canary");
    }

    @Test
    void aFileThatIsNotThereIsRefusedByName() {
        try (Keys keys = Keys.of(new S3Credentials.KeyFile(directory.resolve("absent")))) {
            MillraceException refused = catchThrowableOfType(MillraceException.class, keys::resolveCredentials);
            assertThat(refused.code()).isEqualTo("S3_CREDENTIALS_UNUSABLE");
            assertThat(refused.problem().where()).endsWith("absent");
        }
    }

    @Test
    void theChainFindsKeysAndSaysSoIfItFindsNone() {
        assumeThat(System.getenv()).doesNotContainKeys("AWS_ACCESS_KEY_ID", "AWS_ROLE_ARN", "AWS_PROFILE");
        System.setProperty(
                "aws.sharedCredentialsFile", directory.resolve("absent").toString());
        System.setProperty("aws.disableEc2Metadata", "true");
        try (Keys keys = Keys.of(new S3Credentials.Chain())) {
            MillraceException refused = catchThrowableOfType(MillraceException.class, keys::resolveCredentials);
            assertThat(refused.code()).isEqualTo("S3_CREDENTIALS_UNUSABLE");
            assertThat(refused.problem().where()).contains("chain");

            System.setProperty("aws.accessKeyId", "key");
            System.setProperty("aws.secretAccessKey", "secret");
            assertThat(keys.resolveCredentials()).isEqualTo(AwsBasicCredentials.create("key", "secret"));
        } finally {
            List.of("aws.sharedCredentialsFile", "aws.disableEc2Metadata", "aws.accessKeyId", "aws.secretAccessKey")
                    .forEach(System::clearProperty);
        }
    }

    @Test
    void settingsAndCredentialsShowNoSecret() throws IOException {
        Path file = Files.writeString(directory.resolve("shown"), S3Server.keys("canary"));
        S3Settings settings = new S3Settings(
                new StorageLocation.Bucket("bucket", ""), "", "us-east-1", false, new S3Credentials.KeyFile(file), 1);
        try (Keys keys = Keys.of(settings.credentials())) {
            assertThat(keys.resolveCredentials().secretAccessKey()).isEqualTo("canary");
            assertThat(settings.toString() + keys + keys.resolveCredentials())
                    .contains(file.toString())
                    .doesNotContain("canary");
        }
    }
}

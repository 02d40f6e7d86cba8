package io.millrace.common.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.common.core.config.StorageLocation.Bucket;
import io.millrace.common.core.config.StorageLocation.ClusterDefault;
import io.millrace.common.core.config.StorageLocation.Directory;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What names a place for checkpoints, and what does not. */
class StorageLocationTest {

    @ParameterizedTest
    @CsvSource({
        "/var/checkpoints, /var/checkpoints",
        "' /var/checkpoints ', /var/checkpoints",
        "file:///var/checkpoints, /var/checkpoints",
        "file:/var/checkpoints, /var/checkpoints",
        "file:///with%20blank, /with blank",
    })
    void aDirectoryIsAPathOrAFileUri(String text, String path) {
        assertThat(StorageLocation.parse(text)).isEqualTo(new Directory(path));
    }

    @ParameterizedTest
    @CsvSource({
        "s3://bucket/jobs/one, bucket, jobs/one, s3://bucket/jobs/one",
        "s3://bucket/jobs/, bucket, jobs, s3://bucket/jobs",
        "s3://my.bucket-1, my.bucket-1, '', s3://my.bucket-1",
        "s3://bucket/, bucket, '', s3://bucket",
    })
    void aBucketMayHaveAPrefix(String text, String bucket, String prefix, String shown) {
        assertThat(StorageLocation.parse(text)).isEqualTo(new Bucket(bucket, prefix));
        assertThat(StorageLocation.parse(text)).hasToString(shown);
        assertThat(StorageLocation.parse(shown)).isEqualTo(new Bucket(bucket, prefix));
    }

    @Test
    void nothingIsTheClustersPlace() {
        assertThat(StorageLocation.parse(" ")).isEqualTo(new ClusterDefault());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/a/b", "s3://bucket", "s3://bucket/a/b"})
    void whatIsWrittenIsReadAgain(String text) {
        assertThat(StorageLocation.parse(text).toString()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "checkpoints, relative path",
        "./checkpoints, relative path",
        "hdfs://host/path, 'hdfs:'",
        "s3a://bucket/path, 's3a:'",
        "https://host/path, 'https:'",
        "file://host/path, three slashes",
        "file:relative, no absolute path",
        "file:///path?x=1, follows the path",
        "'fi le:///path', neither a path nor a URI",
        "s3, relative path",
        "s3:/bucket/prefix, 's3:'",
        "S3://bucket, 'S3:'",
        "s3://, A bucket's name",
        "s3:///prefix, A bucket's name",
        "s3://ab, A bucket's name",
        "s3://Bucket, A bucket's name",
        "s3://bucket_1, A bucket's name",
        "s3://-bucket, A bucket's name",
        "'s3://buck et', A bucket's name",
        "s3://bucket:9000/prefix, A bucket's name",
        "s3://bucket//prefix, A prefix is made of",
        "s3://bucket/prefix//, A prefix is made of",
        "s3://bucket/../other, A prefix is made of",
        "s3://bucket/.hidden, A prefix is made of",
        "s3://bucket/a/./b, A prefix is made of",
        "s3://bucket/prefix?versionId=1, A prefix is made of",
        "s3://bucket/with space, A prefix is made of",
        "s3://bucket/\u00e4, A prefix is made of",
    })
    void everythingElseIsRefusedWithTheReason(String text, String reason) {
        assertThatThrownBy(() -> StorageLocation.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3://key:secret@bucket/a", "file://key:secret@host/a", "hdfs://key:secret@host/a"})
    void keysInThePlaceAreNotShown(String text) {
        assertThatThrownBy(() -> Configuration.of(Map.of("checkpoint.dir", text), "a test"))
                .hasMessageContaining("CONFIG_BAD_VALUE")
                .hasMessageNotContaining("secret");
    }
}

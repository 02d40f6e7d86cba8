package io.millrace.common.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.common.core.config.StorageLocation.Bucket;
import io.millrace.common.core.config.StorageLocation.ClusterDefault;
import io.millrace.common.core.config.StorageLocation.Directory;
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
        "s3://bucket, ''",
        "s3://bucket/, ''",
        "s3://bucket/jobs, jobs/",
        "s3://bucket//jobs/logs//, jobs/logs/",
    })
    void aBucketMayHaveAPrefix(String text, String prefix) {
        assertThat(StorageLocation.parse(text)).isEqualTo(new Bucket("bucket", prefix));
    }

    @Test
    void nothingIsTheClustersPlace() {
        assertThat(StorageLocation.parse(" ")).isEqualTo(new ClusterDefault());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/a/b", "s3://bucket/", "s3://bucket/a/b/"})
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
        "s3:///path, names no bucket",
        "s3://B/path, not the name of a bucket",
        "'s3://buck et', neither a path nor a URI",
    })
    void everythingElseIsRefusedWithTheReason(String text, String reason) {
        assertThatThrownBy(() -> StorageLocation.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }
}

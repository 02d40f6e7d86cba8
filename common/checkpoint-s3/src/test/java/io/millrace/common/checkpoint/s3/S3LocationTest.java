package io.millrace.common.checkpoint.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.checkpoint.storage.ObjectName;
import io.millrace.common.core.config.StorageLocation.Bucket;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which keys the objects at a place have. */
class S3LocationTest {

    @ParameterizedTest
    @CsvSource({
        "bucket, jobs/one, jobs/one/a, s3://bucket/jobs/one",
        "bucket, jobs, jobs/a, s3://bucket/jobs",
        "my.bucket-1, '', a, s3://my.bucket-1",
    })
    void aNameIsBehindThePrefix(String bucket, String prefix, String key, String shown) {
        S3Location location = new S3Location(new Bucket(bucket, prefix));
        assertThat(location.keyOf(new ObjectName("a"))).isEqualTo(key);
        assertThat(location).hasToString(shown);
    }
}

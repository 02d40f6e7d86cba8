package io.millrace.common.checkpoint.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.common.checkpoint.storage.ObjectName;
import io.millrace.common.core.error.MillraceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class S3LocationTest {

    @ParameterizedTest
    @CsvSource({
        "s3://bucket/jobs/one, bucket, jobs/one, jobs/one/a, s3://bucket/jobs/one",
        "s3://bucket/jobs/, bucket, jobs, jobs/a, s3://bucket/jobs",
        "s3://my.bucket-1, my.bucket-1, '', a, s3://my.bucket-1",
        "s3://bucket/, bucket, '', a, s3://bucket",
    })
    void aPlaceIsRead(String text, String bucket, String prefix, String key, String shown) {
        S3Location location = S3Location.parse(text);
        assertThat(location).isEqualTo(new S3Location(bucket, prefix));
        assertThat(location.keyOf(new ObjectName("a"))).isEqualTo(key);
        assertThat(location).hasToString(shown);
        assertThat(S3Location.parse(shown)).isEqualTo(location);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "s3",
                "s3:",
                "s3://",
                "s3:///prefix",
                "s3:/bucket/prefix",
                "S3://bucket",
                "s3a://bucket/prefix",
                "hdfs://bucket/prefix",
                "file:///tmp",
                "/tmp",
                "s3://ab",
                "s3://Bucket",
                "s3://bucket_1",
                "s3://-bucket",
                "s3://bucket:9000/prefix",
                "s3://bucket//prefix",
                "s3://bucket/prefix//",
                "s3://bucket/../other",
                "s3://bucket/.hidden",
                "s3://bucket/a/./b",
                "s3://bucket/prefix?versionId=1",
                "s3://bucket/with space",
                "s3://bucket/\u00e4",
            })
    void anythingElseIsRefused(String text) {
        MillraceException refused = catchThrowableOfType(MillraceException.class, () -> S3Location.parse(text));
        assertThat(refused.code()).isEqualTo("S3_LOCATION_INVALID");
        assertThat(refused.problem().what()).contains("'" + text + "'");
        assertThat(refused.problem().why()).isNotEmpty();
        assertThat(refused.problem().nextStep()).contains("s3://BUCKET/PREFIX");
    }

    @Test
    void keysInThePlaceAreNotShown() {
        assertThat(catchThrowableOfType(MillraceException.class, () -> S3Location.parse("s3://key:secret@bucket/a")))
                .hasMessageNotContaining("secret")
                .hasMessageContaining("S3_LOCATION_INVALID");
    }
}

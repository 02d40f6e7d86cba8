package io.millrace.common.checkpoint.s3;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** The requests of one storage. */
record Requests(S3Location location, int timeoutMs) {
    /** A connection that carries less than this is as good as broken. */
    private static final int SLOWEST_BYTES_PER_MS = 1_024;

    /** Carried out only if there is no object of this key. */
    PutObjectRequest put(String key, Upload upload) {
        Duration longest = Duration.ofMillis(timeoutMs + upload.length() / SLOWEST_BYTES_PER_MS);
        return PutObjectRequest.builder()
                .bucket(location.bucket())
                .key(key)
                .ifNoneMatch("*")
                .contentLength(upload.length())
                .checksumCRC32(upload.checksum())
                // Nothing else ends a write to a peer that takes no more.
                .overrideConfiguration(
                        own -> own.apiCallAttemptTimeout(longest).putExecutionAttribute(Transmission.UPLOAD, upload))
                .build();
    }

    HeadObjectRequest head(String key) {
        return HeadObjectRequest.builder().bucket(location.bucket()).key(key).build();
    }

    HeadBucketRequest bucket() {
        return HeadBucketRequest.builder().bucket(location.bucket()).build();
    }

    GetObjectRequest whole(String key) {
        return GetObjectRequest.builder().bucket(location.bucket()).key(key).build();
    }

    /** @param length above 0 */
    GetObjectRequest range(String key, long offset, long length) {
        String last = length > Long.MAX_VALUE - offset ? "" : Long.toString(offset + length - 1);
        return whole(key).toBuilder().range("bytes=" + offset + "-" + last).build();
    }

    /** @param continuation from the answer before; empty for the first */
    ListObjectsV2Request list(String prefix, @Nullable String continuation) {
        ListObjectsV2Request.Builder request =
                ListObjectsV2Request.builder().bucket(location.bucket()).prefix(location.keyPrefix() + prefix);
        return (continuation == null || continuation.isEmpty() ? request : request.continuationToken(continuation))
                .build();
    }

    DeleteObjectRequest delete(String key) {
        return DeleteObjectRequest.builder().bucket(location.bucket()).key(key).build();
    }
}

package io.millrace.common.checkpoint.s3;

import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * The SDK set up: what matters is said here and not taken from profiles or the environment.
 *
 * @param puts makes a request once, so that its caller knows what became of each
 * @param others makes a request again, with pauses, if it fails for a reason that may pass
 */
record Connections(Keys keys, SdkHttpClient http, S3Client puts, S3Client others) implements AutoCloseable {

    static Connections open(S3Settings settings) {
        Duration silence = Duration.ofMillis(settings.timeoutMs());
        Keys keys = Keys.of(settings.credentials());
        SdkHttpClient http = UrlConnectionHttpClient.builder()
                .connectionTimeout(silence)
                .socketTimeout(silence)
                .build();
        return new Connections(
                keys,
                http,
                client(settings, keys, http, AwsRetryStrategy.doNotRetry()),
                client(settings, keys, http, AwsRetryStrategy.standardRetryStrategy()));
    }

    private static S3Client client(S3Settings settings, Keys keys, SdkHttpClient http, RetryStrategy retries) {
        S3ClientBuilder builder = S3Client.builder()
                .region(Region.of(settings.region()))
                .credentialsProvider(keys)
                .httpClient(http)
                .forcePathStyle(settings.pathStyle())
                // A put has its checksum in a header: many stores do not know bodies in chunks with trailers.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_SUPPORTED)
                .serviceConfiguration(own -> own.chunkedEncodingEnabled(false))
                .overrideConfiguration(own -> own.retryStrategy(retries).addExecutionInterceptor(new Transmission()));
        if (!settings.endpoint().isEmpty()) {
            builder.endpointOverride(URI.create(settings.endpoint()));
        }
        return builder.build();
    }

    @Override
    public void close() {
        puts.close();
        others.close();
        http.close();
        keys.close();
    }
}

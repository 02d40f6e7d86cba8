package io.millrace.common.checkpoint.s3;

import io.millrace.common.checkpoint.storage.CheckpointStorage;
import io.millrace.common.checkpoint.storage.CheckpointStorages;
import io.millrace.common.core.config.Configuration;
import io.millrace.common.core.config.S3Options;
import io.millrace.common.core.config.StorageLocation;
import io.millrace.common.core.config.StorageLocation.Bucket;
import java.nio.file.Path;

/** Opens places in buckets, and has others open all other places. */
public final class ObjectStorages implements CheckpointStorages {
    private static final Bucket ANY = new Bucket("any", "");

    private final CheckpointStorages others;
    private final Configuration configuration;

    /**
     * Reaches nothing yet.
     *
     * @param configuration of the process; see {@link S3Options}
     * @throws io.millrace.common.core.error.MillraceException with {@link S3Errors#S3_SETTING_INVALID} for a setting
     *     that no store could have
     */
    public ObjectStorages(CheckpointStorages others, Configuration configuration) {
        this.others = others;
        this.configuration = configuration;
        settings(ANY);
    }

    @Override
    public CheckpointStorage open(StorageLocation place) {
        return place instanceof Bucket bucket ? S3Storage.open(settings(bucket)) : others.open(place);
    }

    @Override
    public CheckpointStorage openToRead(StorageLocation place) {
        return place instanceof Bucket bucket ? S3Storage.openToRead(settings(bucket)) : others.openToRead(place);
    }

    private S3Settings settings(Bucket place) {
        String endpoint = configuration.get(S3Options.ENDPOINT);
        String file = configuration.get(S3Options.CREDENTIALS_FILE);
        long timeoutMs = configuration.get(S3Options.TIMEOUT).toMillis();
        return new S3Settings(
                place,
                endpoint,
                configuration.get(S3Options.REGION),
                isPathStyle(configuration.get(S3Options.ADDRESSING), endpoint),
                file.isEmpty() ? new S3Credentials.Chain() : new S3Credentials.KeyFile(Path.of(file)),
                (int) Math.min(Integer.MAX_VALUE, timeoutMs));
    }

    private static boolean isPathStyle(String addressing, String endpoint) {
        return addressing.equals("path") || (addressing.equals("auto") && !endpoint.isEmpty());
    }
}

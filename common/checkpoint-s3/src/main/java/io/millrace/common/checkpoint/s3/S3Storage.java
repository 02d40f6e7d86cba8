package io.millrace.common.checkpoint.s3;

import io.millrace.common.checkpoint.storage.CheckpointStorage;
import io.millrace.common.checkpoint.storage.Content;
import io.millrace.common.checkpoint.storage.ObjectName;
import io.millrace.common.checkpoint.storage.PutOutcome;
import io.millrace.common.checkpoint.storage.StoredObject;
import io.millrace.common.core.error.Check;
import io.millrace.common.core.error.MillraceException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Objects under one prefix of a bucket. Each is put by one request that the store carries out only if the key is free
 * ({@code If-None-Match: *}), with a checksum that the store verifies; so an upload that breaks off leaves nothing, and
 * of all who put one name one wins. A store that ignores the condition is refused when it is opened.
 *
 * <p>A request that fails for a reason that may pass is made up to three times. Idle connections are kept by the JDK,
 * which closes them a few seconds after {@link #close}.
 */
public final class S3Storage implements CheckpointStorage {
    /** What one request may carry. */
    static final long MOST_BYTES = 5L << 30;

    /** Lies beside the objects while somebody tries the store; no object's name begins with a dot. */
    static final String PROBE = ".put-if-absent";

    private static final int MOST_TRIES = 3;
    private static final int NO_ANSWER = 0;

    private final S3Location location;
    private final Connections connections;
    private final S3Client client;
    private final Requests requests;

    private S3Storage(S3Settings settings) {
        this.location = new S3Location(settings.location());
        this.connections = Connections.open(settings);
        this.client = connections.others();
        this.requests = new Requests(location, settings.timeoutMs());
    }

    /**
     * Reaches the store and finds out whether it does what checkpoints need, for which an object of one byte lies there
     * for a moment.
     *
     * @throws MillraceException with {@code STORAGE_UNSUITABLE} if the store puts an object in the place of another
     */
    public static S3Storage open(S3Settings settings) {
        S3Storage storage = new S3Storage(settings);
        try {
            storage.probe();
            return storage;
        } catch (RuntimeException e) {
            storage.close();
            throw e;
        }
    }

    /** Reaches the bucket; for one who only reads there. */
    public static S3Storage openToRead(S3Settings settings) {
        S3Storage storage = new S3Storage(settings);
        try {
            storage.requireBucket("Cannot open the place");
            return storage;
        } catch (RuntimeException e) {
            storage.close();
            throw e;
        }
    }

    @Override
    public PutOutcome put(ObjectName name, Content content) {
        if (content.length() > MOST_BYTES) {
            throw S3Failures.tooLarge(name, location, content.length(), MOST_BYTES);
        }
        boolean lost = false;
        boolean failed = false;
        for (int tries = 1; ; tries++) {
            Upload upload = new Upload(content);
            try {
                send(location.keyOf(name), upload);
                return PutOutcome.STORED;
            } catch (SdkException e) {
                boolean taken = isTaken(e);
                boolean again = (taken || mayPass(e)) && tries < MOST_TRIES;
                // A store that gave no answer may be at it still; one that failed may have stored.
                lost |= statusOf(e) == NO_ANSWER && upload.isHandedOver();
                failed |= statusOf(e) >= 500;
                if (taken || (!again && (lost || failed))) {
                    Optional<PutOutcome> found = readBack(name, content);
                    if (found.isPresent()) {
                        return found.get();
                    }
                }
                if (!again) {
                    throw lost
                            ? S3Failures.unknown(name, location, e)
                            : S3Failures.of("Cannot store " + name, location, e);
                }
            } catch (MillraceException e) {
                throw lost || failed ? S3Failures.unknown(name, location, e) : e;
            }
        }
    }

    @Override
    public Optional<StoredObject> find(ObjectName name) {
        try {
            HeadObjectResponse head = client.headObject(requests.head(location.keyOf(name)));
            return Optional.of(new StoredObject(
                    name, head.contentLength(), head.lastModified().toEpochMilli()));
        } catch (SdkException e) {
            if (statusOf(e) != 404) {
                throw S3Failures.of("Cannot look for " + name, location, e);
            }
            requireBucket("Cannot look for " + name);
            return Optional.empty();
        }
    }

    @Override
    public InputStream open(ObjectName name, long offset, long length) {
        Check.argument(offset >= 0 && length >= 0, "A range of " + length + " bytes from " + offset);
        if (length == 0) {
            return find(name)
                    .map(object -> InputStream.nullInputStream())
                    .orElseThrow(() -> S3Failures.missing(name, location));
        }
        Download download;
        try {
            download = client.getObject(requests.range(location.keyOf(name), offset, length), Download.opened());
        } catch (NoSuchKeyException e) {
            throw S3Failures.missing(name, location);
        } catch (SdkException e) {
            if (statusOf(e) == 416) {
                return InputStream.nullInputStream();
            }
            throw S3Failures.of("Cannot read " + name, location, e);
        }
        String range = download.response().contentRange();
        if (range == null || !range.startsWith("bytes " + offset + "-")) {
            closeQuietly(download);
            throw S3Failures.unsuitable("Cannot read a range of " + name, location, "The store answered " + range);
        }
        return download;
    }

    @Override
    public void list(String prefix, Consumer<StoredObject> consumer) {
        String continuation = "";
        do {
            ListObjectsV2Response page;
            try {
                page = client.listObjectsV2(requests.list(prefix, continuation));
            } catch (SdkException e) {
                throw S3Failures.of("Cannot list what begins with '" + prefix + "'", location, e);
            }
            for (S3Object object : page.contents()) {
                String name = object.key().substring(location.keyPrefix().length());
                if (ObjectName.isWellFormed(name)) {
                    consumer.accept(new StoredObject(
                            new ObjectName(name),
                            object.size(),
                            object.lastModified().toEpochMilli()));
                }
            }
            continuation = page.nextContinuationToken();
        } while (continuation != null);
    }

    @Override
    public void delete(ObjectName name) {
        try {
            client.deleteObject(requests.delete(location.keyOf(name)));
        } catch (SdkException e) {
            throw S3Failures.of("Cannot delete " + name, location, e);
        }
    }

    /** None: a request that does not come to its end leaves nothing. */
    @Override
    public int deleteRemains(long beforeEpochMs) {
        return 0;
    }

    @Override
    public String location() {
        return location.toString();
    }

    @Override
    public void close() {
        connections.close();
    }

    /** Of two puts of one key the second must be refused, and so the first where an earlier probe left its object. */
    private void probe() {
        String key = location.keyPrefix() + PROBE;
        int accepted = 0;
        for (int tries = 1; accepted < 2; tries++) {
            try {
                send(key, new Upload(Content.of(new byte[1])));
                accepted++;
            } catch (SdkException e) {
                if (isTaken(e)) {
                    removeProbe(key, accepted > 0);
                    return;
                }
                if (!mayPass(e) || tries == MOST_TRIES) {
                    throw S3Failures.of("Cannot store an object", location, e);
                }
            }
        }
        throw S3Failures.unsuitable(
                "The object store puts an object in the place of another",
                location,
                "It accepted a second object under the key " + key);
    }

    /** Only who put it removes it: others may be between their two puts. */
    private void removeProbe(String key, boolean own) {
        if (own) {
            try {
                client.deleteObject(requests.delete(key));
            } catch (SdkException e) {
                // What stays does no harm, and whether objects can be deleted is told where one has to be.
            }
        }
    }

    /** Makes one request to store; what it throws tells what became of it. */
    private void send(String key, Upload upload) {
        connections.puts().putObject(requests.put(key, upload), upload.body());
        Check.invariant(upload.isTransmitting(), "the SDK stored " + key + " without telling the upload");
    }

    /** The object there compared with what should be there; empty if there is none. */
    private Optional<PutOutcome> readBack(ObjectName name, Content content) {
        GetObjectRequest whole = requests.whole(location.keyOf(name));
        try (Download stored = client.getObject(whole, Download.opened())) {
            boolean equal = stored.response().contentLength() == content.length() && content.equalTo(stored);
            return Optional.of(equal ? PutOutcome.STORED : PutOutcome.TAKEN);
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        } catch (NoSuchBucketException e) {
            throw S3Failures.missingBucket("Cannot store " + name, location, e);
        } catch (SdkException | IOException | MillraceException e) {
            throw S3Failures.unknown(name, location, e);
        }
    }

    /** The answer to asking for an object does not tell a missing object from a missing bucket. */
    private void requireBucket(String purpose) {
        try {
            client.headBucket(requests.bucket());
        } catch (SdkException e) {
            throw statusOf(e) == 404
                    ? S3Failures.missingBucket(purpose, location, e)
                    : S3Failures.of(purpose, location, e);
        }
    }

    /** The store refused because of an object of this name, be it there (412) or being put right now (409). */
    private static boolean isTaken(SdkException e) {
        return statusOf(e) == 412 || statusOf(e) == 409;
    }

    /** Whether the same request may fare better soon. */
    private static boolean mayPass(SdkException e) {
        int status = statusOf(e);
        return status == NO_ANSWER || status == 429 || (status >= 500 && status != 501 && status != 507);
    }

    private static int statusOf(SdkException e) {
        return e instanceof AwsServiceException answer ? answer.statusCode() : NO_ANSWER;
    }

    private static void closeQuietly(InputStream stream) {
        try {
            stream.close();
        } catch (IOException e) {
            // It was of no use.
        }
    }
}

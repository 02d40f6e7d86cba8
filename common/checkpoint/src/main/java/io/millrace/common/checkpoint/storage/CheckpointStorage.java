package io.millrace.common.checkpoint.storage;

import io.millrace.common.core.error.MillraceException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Whole objects under names, written once and never changed. An object is there with all its bytes or it is not there.
 * The storage is shared by all processes of a cluster; it never decides what may be deleted.
 *
 * <p>Thread-safe. Every call blocks its thread for as long as the storage takes, so agents have workers make it. A
 * failure is a {@link MillraceException} with a code of {@link StorageErrors}.
 */
public interface CheckpointStorage extends AutoCloseable {
    /**
     * Makes {@code content} the object called {@code name}, unless there is another of that name. When this returns
     * {@link PutOutcome#STORED} the object survives a power failure. Putting the same content again is harmless; that
     * is also how an ambiguous answer of the storage is resolved, by reading back.
     *
     * @throws MillraceException with {@link StorageErrors#STORAGE_OUTCOME_UNKNOWN} if not even reading back tells
     *     whether the object is there; with any other code it is not there
     */
    PutOutcome put(ObjectName name, Content content);

    /** The object of this name; empty if there is none. */
    Optional<StoredObject> find(ObjectName name);

    /**
     * Reads a range of an object. The stream ends early where the object does. Its owner closes it.
     *
     * @throws MillraceException with {@link StorageErrors#STORAGE_OBJECT_MISSING} if there is no such object
     */
    InputStream open(ObjectName name, long offset, long length);

    /** Hands over every object whose name begins with {@code prefix}, in no particular order. */
    void list(String prefix, Consumer<StoredObject> consumer);

    /** When this returns there is no object of this name. Whether there was one is not told. */
    void delete(ObjectName name);

    /**
     * Removes what calls of {@link #put} left behind that never ended and began before {@code beforeEpochMs}. Such
     * remains are no objects: nothing else shows them.
     *
     * @return how many there were
     */
    int deleteRemains(long beforeEpochMs);

    /** Where this is, as a user would write it; for messages. */
    String location();

    @Override
    void close();
}

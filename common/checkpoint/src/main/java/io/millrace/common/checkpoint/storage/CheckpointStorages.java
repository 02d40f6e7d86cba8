package io.millrace.common.checkpoint.storage;

import io.millrace.common.core.config.StorageLocation;
import io.millrace.common.core.error.MillraceException;

/**
 * Opens the storage of a place. All that a process opens for one place show the same objects, so each user may open its
 * own.
 *
 * <p>Thread-safe. A call may block while a remote storage is reached, so agents have workers make it.
 */
public interface CheckpointStorages {
    /**
     * @param place a directory or a bucket; the cluster's default must have been replaced by what it stands for
     * @return closed by the caller
     * @throws MillraceException with a code of {@link StorageErrors} if there is no storage for such a place, or the
     *     place cannot be reached
     */
    CheckpointStorage open(StorageLocation place);

    /**
     * The same for one who only reads there: nothing is written to the place, not even to find out what it can do.
     *
     * @return closed by the caller
     * @throws MillraceException as {@link #open} does
     */
    default CheckpointStorage openToRead(StorageLocation place) {
        return open(place);
    }
}

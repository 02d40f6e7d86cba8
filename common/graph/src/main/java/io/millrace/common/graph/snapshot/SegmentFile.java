package io.millrace.common.graph.snapshot;

import io.millrace.common.core.error.Check;

/**
 * A file that holds parts of snapshots. It was written once and is never changed; later checkpoints may refer to it.
 *
 * @param name of the object in the storage, below the place of the manifest that names it
 * @param length of the whole file in bytes
 * @param nonce drawn by its writer, to tell it from every other file; bound into every checksum in it
 */
public record SegmentFile(String name, long length, long nonce) {
    /** What every file begins with before its first part, in bytes; the same in all versions of the format. */
    public static final int HEADER_BYTES = 44;

    public SegmentFile {
        Check.argument(length > 0, "A segment file has bytes, found " + length);
    }
}

package io.millrace.common.graph;

import java.util.Arrays;

/**
 * Serialized user code or types that only the job's class loader can read. Compared by content. The array is handed
 * over, not copied: nobody changes it afterwards.
 */
public final class OpaqueBytes {
    public static final OpaqueBytes EMPTY = new OpaqueBytes(new byte[0]);

    private final byte[] bytes;

    public OpaqueBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The bytes themselves; not to be changed. */
    public byte[] array() {
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OpaqueBytes that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return bytes.length + " bytes";
    }
}

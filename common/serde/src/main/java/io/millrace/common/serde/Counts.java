package io.millrace.common.serde;

import io.millrace.api.types.BinaryReader;

/** Counts read from bytes, checked before anything of their size is allocated. */
final class Counts {

    private Counts() {}

    /** {@code count} itself if so many values of at least one byte can follow. */
    static int check(int count, BinaryReader in) {
        if (count < 0 || count > in.remaining()) {
            throw new IndexOutOfBoundsException("Counts " + count + " values, has " + in.remaining() + " bytes");
        }
        return count;
    }

    /** A capacity in which a hash table holds {@code count} entries without growing. */
    static int tableCapacity(int count) {
        return (int) Math.min(1 << 30, count * 4L / 3 + 1);
    }
}

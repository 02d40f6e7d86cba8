package io.millrace.common.serde;

import io.millrace.api.types.BinaryReader;
import io.millrace.api.types.BinaryWriter;

/**
 * Turns the bytes of a value as an older schema has them into those of today's. For restores, so plain rather than
 * fast; for one thread.
 */
@FunctionalInterface
interface Rewriter {

    /** Reads exactly one value and appends it. */
    void rewrite(BinaryReader in, BinaryWriter out);
}

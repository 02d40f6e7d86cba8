package io.millrace.api.types;

/** Reads values of a type that may have been written with an older schema of it. For one thread. */
@FunctionalInterface
public interface ValueReader<T> {

    /**
     * Reads exactly the bytes that one value was written as.
     *
     * @throws io.millrace.common.core.error.MillraceException if it is a value that the type no longer has
     * @throws IndexOutOfBoundsException if it is no such value
     */
    T read(BinaryReader in);
}

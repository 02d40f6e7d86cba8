package io.millrace.api.types;

/**
 * Writes, reads and copies the values of one type. An instance belongs to one channel end or one state table and is
 * used by one thread; {@link #duplicate} makes another for the next.
 */
public abstract class TypeSerializer<T> {

    /** Whether values can be shared instead of copied: nothing reachable from one ever changes. */
    public abstract boolean isImmutableType();

    /** An equal value that shares nothing changeable with {@code value}; the value itself if the type is immutable. */
    public abstract T copy(T value);

    /** Appends {@code value}. A null where the type allows none throws {@code NULL_VALUE} with the field path. */
    public abstract void serialize(T value, BinaryWriter out);

    /** Reads exactly the bytes that {@link #serialize} appended. */
    public abstract T deserialize(BinaryReader in);

    /** A serializer for another channel end or thread; this one if it keeps nothing. */
    public TypeSerializer<T> duplicate() {
        return this;
    }
}

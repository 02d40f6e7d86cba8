package io.millrace.api.types;

/**
 * Writes, reads and copies the values of one type. An instance belongs to one channel end or one state table and is
 * used by one thread; {@link #duplicate} makes another for the next. Values are not null; what a value contains may be.
 */
public abstract class TypeSerializer<T> {

    /** Whether values can be shared instead of copied: nothing reachable from one ever changes. */
    public abstract boolean isImmutableType();

    /** An equal value that shares nothing changeable with {@code value}; the value itself if the type is immutable. */
    public abstract T copy(T value);

    /**
     * Appends {@code value}: at least one byte. After an exception what was appended is worthless and, for a channel,
     * so is this serializer.
     */
    public abstract void serialize(T value, BinaryWriter out);

    /** Reads exactly the bytes that {@link #serialize} appended. */
    public abstract T deserialize(BinaryReader in);

    /**
     * A serializer for another channel end or thread, as if new; this one if it keeps nothing. Called by the thread
     * that uses this serializer, or before any does.
     */
    public TypeSerializer<T> duplicate() {
        return this;
    }

    /**
     * The duplicates of {@code parts}; {@code parts} itself if none of them keeps anything. For serializers made of
     * others.
     */
    public static TypeSerializer<?>[] duplicates(TypeSerializer<?>[] parts) {
        TypeSerializer<?>[] result = parts;
        for (int i = 0; i < parts.length; i++) {
            TypeSerializer<?> duplicate = parts[i].duplicate();
            if (duplicate != parts[i]) {
                if (result == parts) {
                    result = parts.clone();
                }
                result[i] = duplicate;
            }
        }
        return result;
    }
}

package io.millrace.api.types;

/**
 * Hash and equality of keys by content: the same on every JVM and backend, fixed in {@code docs/protocol/key-hash.md}.
 * A user's {@code hashCode} is never used. Stateless; any thread.
 */
public abstract class KeyHasher<K> {

    /** 32 well-mixed bits. */
    public abstract int hash(K key);

    public abstract boolean equal(K a, K b);
}

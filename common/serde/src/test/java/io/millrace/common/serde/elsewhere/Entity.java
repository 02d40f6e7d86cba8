package io.millrace.common.serde.elsewhere;

import org.jspecify.annotations.Nullable;

/** Its private state is reached through accessors only. */
public class Entity<K> {
    private @Nullable K key;
    private long version;
    private boolean deleted;
    public int visible;

    public @Nullable K getKey() {
        return key;
    }

    public void setKey(@Nullable K key) {
        this.key = key;
    }

    public long getVersion() {
        return version;
    }

    /** A fluent setter, whose result has to go somewhere. */
    public Entity<K> setVersion(long version) {
        this.version = version;
        return this;
    }

    public boolean isDeleted() {
        return deleted;
    }

    public void setDeleted(boolean deleted) {
        this.deleted = deleted;
    }
}

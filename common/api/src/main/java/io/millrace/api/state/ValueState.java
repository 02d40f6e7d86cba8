package io.millrace.api.state;

import org.jspecify.annotations.Nullable;

/** One value per key. */
public interface ValueState<T> extends State {
    /** The current key's value, or null if there is none. */
    @Nullable
    T value();

    /** Sets the current key's value; null clears it. */
    void update(@Nullable T value);
}

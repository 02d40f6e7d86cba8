package io.millrace.api.state;

import org.jspecify.annotations.Nullable;

/** State that elements are added to and a result is read from. */
public interface AppendingState<I, O> extends State {
    /** The result over all elements added for the current key, or null if none was. */
    @Nullable
    O get();

    void add(I value);
}

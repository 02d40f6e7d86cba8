package io.millrace.api.state;

import java.util.List;

/** A list per key. */
public interface ListState<T> extends State {
    /** The current key's elements in order of addition; empty if there are none. */
    Iterable<T> get();

    void add(T value);

    void addAll(List<T> values);

    /** Replaces the list. */
    void update(List<T> values);
}

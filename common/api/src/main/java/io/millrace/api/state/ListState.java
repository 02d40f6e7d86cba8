package io.millrace.api.state;

import java.util.List;

/** A list: one per key, or one of an operator's subtask. */
public interface ListState<T> extends State {
    /** The elements in order of addition, of keyed state those of the current key; empty if there are none. */
    Iterable<T> get();

    void add(T value);

    void addAll(List<T> values);

    /** Replaces the list. */
    void update(List<T> values);
}

package io.millrace.api.util;

/** Takes the results of a function. Never blocks the caller for longer than it takes to store a reference. */
public interface Collector<T> {

    /** Emits one element with the timestamp of the element, timer or window that is being processed. */
    void collect(T element);

    /** Has no effect; there so that ported code compiles. */
    default void close() {}
}

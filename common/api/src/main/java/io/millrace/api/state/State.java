package io.millrace.api.state;

/** State of the current key. For the function's own thread, in the call for that key. */
public interface State {
    /** Forgets the current key's value. */
    void clear();
}

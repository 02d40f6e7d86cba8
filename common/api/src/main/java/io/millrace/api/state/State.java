package io.millrace.api.state;

/** State of the current key, or of an operator's subtask. For the function's own thread, in a call of it. */
public interface State {
    /** Forgets the current key's value, or all of an operator's state. */
    void clear();
}

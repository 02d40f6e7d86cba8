package io.millrace.taskmanager.state.entries;

/** Carries a checked exception of a user's reduce function out of a call that declares none. */
public final class UserStateFunctionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UserStateFunctionException(String message, Exception cause) {
        super(message, cause);
    }
}

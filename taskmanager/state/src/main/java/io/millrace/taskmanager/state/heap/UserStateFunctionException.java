package io.millrace.taskmanager.state.heap;

/** Carries a checked exception of a user's reduce function out of a call that declares none. */
final class UserStateFunctionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UserStateFunctionException(String message, Exception cause) {
        super(message, cause);
    }
}

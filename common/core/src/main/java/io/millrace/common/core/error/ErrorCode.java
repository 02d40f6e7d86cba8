package io.millrace.common.core.error;

/**
 * A stable, searchable name of one kind of failure. Each module declares its codes as an enum that implements this
 * interface; the constant's name is the code ({@code JAR_MISSING}) and never changes its meaning once released.
 */
public interface ErrorCode {
    /** The code as users see and search it: upper-case words joined by underscores. */
    String name();
}

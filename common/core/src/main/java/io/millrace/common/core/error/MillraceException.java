package io.millrace.common.core.error;

import org.jspecify.annotations.Nullable;

/** A failure that a user can act on. Its message is the rendered {@link Problem}; bugs use {@link Check} instead. */
public final class MillraceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public MillraceException(Problem problem, @Nullable Throwable cause) {
        super(problem.render(), cause);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }

    public String code() {
        return problem.code();
    }
}

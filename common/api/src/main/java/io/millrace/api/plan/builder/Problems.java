package io.millrace.api.plan.builder;

import io.millrace.api.ApiErrors;
import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.error.Problem;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Gathers what is wrong with a job, so that its author sees all of it at once. */
final class Problems {
    private final Set<Problem> found = new LinkedHashSet<>();
    private @Nullable MillraceException first;

    void add(Problem problem) {
        found.add(problem);
    }

    /** What {@code action} gives; null if it fails, with its problem noted. */
    <T> @Nullable T attempt(Supplier<T> action) {
        try {
            return action.get();
        } catch (MillraceException e) {
            if (found.add(e.problem()) && first == null) {
                first = e;
            }
            return null;
        }
    }

    /** @throws MillraceException with the one problem, or {@code JOB_INVALID} with the list of them */
    void throwIfAny(String jobName) {
        if (found.isEmpty()) {
            return;
        }
        if (found.size() == 1) {
            throw withCause(found.iterator().next());
        }
        StringBuilder list = new StringBuilder();
        found.forEach(problem -> list.append("\n    ").append(problem.render().replace("\n", "\n    ")));
        throw withCause(Problem.of(ApiErrors.JOB_INVALID, "The job '" + jobName + "' has " + found.size() + " problems")
                .because(list.toString())
                .fix("Correct them all; nothing was submitted"));
    }

    private MillraceException withCause(Problem problem) {
        return first == null ? problem.asException() : problem.asException(first);
    }
}

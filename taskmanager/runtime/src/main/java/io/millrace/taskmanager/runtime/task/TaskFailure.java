package io.millrace.taskmanager.runtime.task;

import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.error.Problem;
import io.millrace.taskmanager.runtime.stream.RuntimeErrors;
import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * Why a task failed, as text that can travel to processes without the user's classes.
 *
 * @param problem code, operator, user's line, cause and next step
 * @param stackTrace of the exception and its causes, as Java prints it
 */
public record TaskFailure(Problem problem, String stackTrace) {

    /** @param task the task's name, for failures that name no place themselves */
    static TaskFailure of(String task, Throwable thrown) {
        Problem problem = thrown instanceof MillraceException known
                ? known.problem()
                : Problem.of(RuntimeErrors.TASK_BROKEN, "Task '" + task + "' failed: " + thrown)
                        .fix("This is a bug of Millrace; please report it with the stack trace");
        if (problem.where().isEmpty()) {
            problem = problem.at("task '" + task + "'");
        }
        // The trace that matters is the user's: what Millrace wrapped it in says nothing that the problem does not.
        Throwable shown = thrown instanceof MillraceException && thrown.getCause() != null ? thrown.getCause() : thrown;
        StringWriter trace = new StringWriter();
        shown.printStackTrace(new PrintWriter(trace));
        return new TaskFailure(problem, trace.toString());
    }
}

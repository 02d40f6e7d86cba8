package io.millrace.taskmanager.runtime.stream;

import io.millrace.common.core.error.ErrorCode;
import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.error.Problem;

/**
 * Names one operator in one subtask in everything that is reported about it. Errors carry these names as fields because
 * the frames of an operator's class may be missing from a stack trace.
 */
public final class OperatorScope {
    private final String name;
    private final String place;
    private final int subtask;
    private final int parallelism;
    private final Brake brake;

    /**
     * @param name the operator's name
     * @param place the user's line that created it; empty if unknown
     * @param subtask from 0
     * @param brake told of the operator's failures
     */
    public OperatorScope(String name, String place, int subtask, int parallelism, Brake brake) {
        this.name = name;
        this.place = place;
        this.subtask = subtask;
        this.parallelism = parallelism;
        this.brake = brake;
    }

    public String name() {
        return name;
    }

    /** The operator and its place, as {@link Problem#where} shows it. */
    public String where() {
        String text = "operator '" + name + "' (subtask " + (subtask + 1) + " of " + parallelism + ")";
        return place.isEmpty() ? text : text + ", " + place;
    }

    /** A problem at this operator. */
    public Problem problem(ErrorCode code, String what) {
        return Problem.of(code, what).at(where());
    }

    /** Stops the task with {@code problem}. @return the exception to throw */
    public MillraceException failed(Problem problem) {
        return brake.fail(problem.asException());
    }

    /** Stops the task because its user's code threw {@code thrown}. @return the exception to throw */
    public MillraceException failed(Throwable thrown) {
        if (thrown instanceof MillraceException known) {
            Problem problem = known.problem();
            boolean placed = !problem.where().isEmpty();
            return brake.fail(placed ? known : problem.at(where()).asException(known));
        }
        String what = "Operator '" + name + "' failed with " + thrown.getClass().getName();
        String message = thrown.getMessage();
        return brake.fail(problem(RuntimeErrors.USER_FUNCTION_FAILED, message == null ? what : what + ": " + message)
                .because(origin(thrown))
                .fix("See the stack trace; correct the function, or let it handle such elements")
                .asException(thrown));
    }

    /** Stops the task because the serializer of an element's type could not copy it. @return the exception to throw */
    public MillraceException notCopyable(Object element, RuntimeException cause) {
        return refused(RuntimeErrors.RECORD_NOT_COPYABLE, element, "copied", cause);
    }

    /** Stops the task because the serializer of an element's type could not write it. @return the exception to throw */
    public MillraceException notWritable(Object element, RuntimeException cause) {
        return refused(RuntimeErrors.RECORD_NOT_WRITABLE, element, "written", cause);
    }

    private MillraceException refused(RuntimeErrors code, Object element, String how, RuntimeException cause) {
        String what = "An element of " + element.getClass().getName() + " cannot be " + how;
        return failed(problem(code, what)
                .because(cause.toString())
                .fix("Correct the element or its type; the type's serializer refused it")
                .asException(cause));
    }

    /** Stops the task because a null element reached this operator or left it. @return the exception to throw */
    public MillraceException nullRecord(String direction) {
        return failed(problem(RuntimeErrors.NULL_RECORD, "Operator '" + name + "' " + direction + " a null element")
                .fix("Drop nulls right after the function that returns them: filter(x -> x != null)"));
    }

    /** Stops the task because a key selector returned null. @return the exception to throw */
    public MillraceException nullKey(Object element) {
        return failed(problem(RuntimeErrors.KEY_NULL, "The key of an element is null at operator '" + name + "'")
                .because("the key selector returned null for an element of "
                        + element.getClass().getName())
                .fix("Return a key for every element, or filter those without one before keyBy"));
    }

    private static String origin(Throwable thrown) {
        StackTraceElement[] frames = thrown.getStackTrace();
        return frames.length == 0 ? "" : "thrown at " + frames[0];
    }
}

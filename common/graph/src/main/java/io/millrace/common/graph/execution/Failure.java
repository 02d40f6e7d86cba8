package io.millrace.common.graph.execution;

import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.SubtaskId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A problem that ended a subtask or a whole job, with what is known about its place and cause.
 *
 * @param stackTrace the user's exception with its causes as the JVM prints it, cut to {@link #MAX_STACK_TRACE_CHARS};
 *     empty if there was no exception
 * @param subtask where it happened; null for a failure of the job as a whole
 * @param vertexName for people; empty if {@code subtask} is null
 * @param taskManager the TaskManager it happened on, or that was lost; empty if none
 * @param atEpochMs wall clock
 * @param suspectedTaskManager the TaskManager at the other end of a lost data connection, empty otherwise. If the
 *     JobManager finds that process dead, the loss becomes the job's first cause and this failure is attached to it.
 */
public record Failure(
        Problem problem,
        String stackTrace,
        @Nullable SubtaskId subtask,
        String vertexName,
        String taskManager,
        long atEpochMs,
        String suspectedTaskManager) {

    public static final int MAX_STACK_TRACE_CHARS = 16 * 1024;

    /** Of each text of {@link #brief}. */
    private static final int MAX_BRIEF_CHARS = 1_024;

    private static final String CUT = "\n... (cut)";

    public Failure {
        Objects.requireNonNull(problem, "problem");
        if (stackTrace.length() > MAX_STACK_TRACE_CHARS) {
            stackTrace = stackTrace.substring(0, MAX_STACK_TRACE_CHARS - CUT.length()) + CUT;
        }
    }

    /** A failure of the job as a whole. */
    public static Failure ofJob(Problem problem, long atEpochMs) {
        return new Failure(problem, "", null, "", "", atEpochMs, "");
    }

    /** The loss of a TaskManager, as the jobs see it that had tasks there. */
    public static Failure ofTaskManager(Problem problem, String taskManager, long atEpochMs) {
        return new Failure(problem, "", null, "", taskManager, atEpochMs, "");
    }

    /** The same without the stack trace, and with no text longer than people read; at most some kilobytes. */
    public Failure brief() {
        Problem cut = new Problem(
                cut(problem.code()),
                cut(problem.what()),
                cut(problem.where()),
                cut(problem.why()),
                cut(problem.nextStep()));
        return new Failure(cut, "", subtask, cut(vertexName), taskManager, atEpochMs, suspectedTaskManager);
    }

    private static String cut(String text) {
        return text.length() <= MAX_BRIEF_CHARS ? text : text.substring(0, MAX_BRIEF_CHARS - CUT.length()) + CUT;
    }
}

package io.millrace.client.cli.outcome;

import io.millrace.common.core.error.Problem;
import java.util.Set;

/** The exit codes of the command line. Scripts rely on them: a code never changes its meaning. */
public final class ExitCode {
    public static final int OK = 0;
    /** The job failed or was cancelled while the command was attached to it. */
    public static final int JOB_FAILED = 1;
    /** Of {@code inspect} alone: there is nothing that it could look into. */
    public static final int NO_PATH = 1;
    /** Wrong usage, or an input that is refused. */
    public static final int BAD_INPUT = 2;

    public static final int CLUSTER_UNREACHABLE = 3;
    /** There is no such job, or job or cluster are not in a state in which this can be done. */
    public static final int WRONG_STATE = 4;
    /** A bug of Millrace: nothing is said about the job or the input. */
    public static final int INTERNAL_ERROR = 70;
    /** Ended by Ctrl-C or a signal, as shells know it. */
    public static final int INTERRUPTED = 130;

    private static final Set<String> FAILED = Set.of("JOB_FAILED", "JOB_CANCELED", "JOB_LOST");
    private static final Set<String> UNREACHABLE = Set.of(
            "CLUSTER_UNREACHABLE",
            "OUTCOME_UNKNOWN",
            "VERSION_MISMATCH",
            "MALFORMED_MESSAGE",
            "CLUSTER_START_FAILED",
            "CLUSTER_START_TIMEOUT");
    private static final Set<String> WRONG_STATES = Set.of(
            "NO_SUCH_JOB",
            "JOB_ALREADY_ENDED",
            "JOB_NOT_RUNNING",
            "STOP_UNDER_WAY",
            "CHECKPOINT_TIMED_OUT",
            "CHECKPOINT_RUN_ENDED",
            "METADATA_LOG_BEHIND",
            "TOO_MANY_JOBS",
            "NO_FREE_SLOTS",
            "CLUSTER_ALREADY_RUNNING",
            "NO_LOCAL_CLUSTER",
            "PROCESS_NOT_STOPPED");

    private ExitCode() {}

    /** The exit code for a problem of this process or one that the JobManager reported. */
    public static int of(Problem problem) {
        String code = problem.code();
        if (FAILED.contains(code)) {
            return JOB_FAILED;
        }
        if (UNREACHABLE.contains(code)) {
            return CLUSTER_UNREACHABLE;
        }
        if (WRONG_STATES.contains(code)) {
            return WRONG_STATE;
        }
        if (code.equals("INTERNAL_ERROR")) {
            return INTERNAL_ERROR;
        }
        return code.equals("INTERRUPTED") ? INTERRUPTED : BAD_INPUT;
    }
}

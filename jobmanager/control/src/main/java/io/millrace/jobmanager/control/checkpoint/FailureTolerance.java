package io.millrace.jobmanager.control.checkpoint;

import io.millrace.common.core.error.Problem;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Counts checkpoints that failed in a row, and says when that is more than the job tolerates. */
final class FailureTolerance {
    private final int tolerable;

    private int inARow;
    private @Nullable Problem verdict;

    FailureTolerance(int tolerable) {
        this.tolerable = tolerable;
    }

    void failed(Problem cause) {
        inARow++;
        if (inARow > tolerable && verdict == null) {
            verdict = Problem.of(
                            CheckpointErrors.TOO_MANY_FAILED_CHECKPOINTS,
                            inARow + " checkpoints failed in a row, " + tolerable + " are tolerated")
                    .at(cause.where())
                    .because("The last one: [" + cause.code() + "] " + cause.what()
                            + (cause.why().isEmpty() ? "" : "; " + cause.why()))
                    .fix(cause.nextStep().isEmpty() ? "Raise checkpoint.tolerable-failures" : cause.nextStep());
        }
    }

    /** Sources that have ended do not go on: the run is over. */
    void drainFailed(Problem cause) {
        verdict = Problem.of(CheckpointErrors.DRAIN_FAILED, "The job's sources have ended, and there is no savepoint")
                .at(cause.where())
                .because("[" + cause.code() + "] " + cause.what() + (cause.why().isEmpty() ? "" : "; " + cause.why()))
                .fix("The job goes on from its last checkpoint; stop it again when the cause is removed");
    }

    void completed() {
        inARow = 0;
    }

    /** A new run begins with a clean record. */
    void reset() {
        inARow = 0;
        verdict = null;
    }

    Optional<Problem> verdict() {
        return Optional.ofNullable(verdict);
    }
}

package io.millrace.jobmanager.control.restart;

import io.millrace.common.core.error.Check;

/** A number of restarts over the job's whole life, each after the same time. */
public final class FixedDelay implements RestartStrategy {
    private final int attempts;
    private final long delayNanos;

    private int restarts;

    public FixedDelay(int attempts, long delayNanos) {
        Check.argument(attempts >= 0 && delayNanos >= 0, "Attempts and delay are not negative");
        this.attempts = attempts;
        this.delayNanos = delayNanos;
    }

    @Override
    public RestartDecision onFailure(long nowNanos) {
        if (restarts == attempts) {
            return new RestartDecision.StayFailed(
                    "restart.fixed-delay.attempts allows " + attempts + " restarts, and so many there were");
        }
        restarts++;
        return new RestartDecision.StartAgain(delayNanos);
    }
}

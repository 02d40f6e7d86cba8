package io.millrace.jobmanager.control.restart;

import io.millrace.common.core.error.Check;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;

/** Restarts as long as failures do not come too thick: at most a number of them within any interval. */
public final class FailureRate implements RestartStrategy {
    private final int mostFailures;
    private final long intervalNanos;
    private final long delayNanos;

    /** Times of the failures that may still count, the oldest first: at most {@link #mostFailures}. */
    private final ArrayDeque<Long> recent = new ArrayDeque<>();

    public FailureRate(int mostFailures, long intervalNanos, long delayNanos) {
        Check.argument(
                mostFailures >= 1 && intervalNanos > 0 && delayNanos >= 0,
                "A failure rate is at least one failure in an interval that lasts");
        this.mostFailures = mostFailures;
        this.intervalNanos = intervalNanos;
        this.delayNanos = delayNanos;
    }

    @Override
    public RestartDecision onFailure(long nowNanos) {
        while (!recent.isEmpty() && nowNanos - recent.getFirst() >= intervalNanos) {
            recent.removeFirst();
        }
        if (recent.size() == mostFailures) {
            return new RestartDecision.StayFailed("restart.failure-rate allows " + mostFailures + " failures within "
                    + TimeUnit.NANOSECONDS.toMillis(intervalNanos) + " ms, and this is one more");
        }
        recent.addLast(nowNanos);
        return new RestartDecision.StartAgain(delayNanos);
    }
}

package io.millrace.jobmanager.control.restart;

import io.millrace.common.core.error.Check;

/**
 * Restarts for ever: at once the first time, then after a delay that doubles with every failure up to a limit. When the
 * job has then lasted long enough, the next failure is a first one again.
 */
public final class ExponentialDelay implements RestartStrategy {
    private final long delayNanos;
    private final long maxDelayNanos;
    private final long resetNanos;

    /** The delay of the next restart but the first. */
    private long nextDelayNanos;
    /** When the job was last to start again, if it failed before. */
    private long startedAgainNanos;

    private boolean failedBefore;

    /**
     * @param delayNanos of the second restart
     * @param maxDelayNanos of any
     * @param resetNanos how long the job has to last to be as good as new
     */
    public ExponentialDelay(long delayNanos, long maxDelayNanos, long resetNanos) {
        Check.argument(
                0 < delayNanos && delayNanos <= maxDelayNanos && resetNanos > 0,
                "A delay is positive and not longer than the longest");
        this.delayNanos = delayNanos;
        this.maxDelayNanos = maxDelayNanos;
        this.resetNanos = resetNanos;
        this.nextDelayNanos = delayNanos;
    }

    @Override
    public RestartDecision onFailure(long nowNanos) {
        long delay;
        if (!failedBefore || nowNanos - startedAgainNanos >= resetNanos) {
            delay = 0;
            nextDelayNanos = delayNanos;
        } else {
            delay = nextDelayNanos;
            nextDelayNanos = delay > maxDelayNanos / 2 ? maxDelayNanos : 2 * delay;
        }
        failedBefore = true;
        startedAgainNanos = nowNanos + delay;
        return new RestartDecision.StartAgain(delay);
    }
}

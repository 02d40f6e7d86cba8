package io.millrace.jobmanager.control.restart;

import io.millrace.common.core.config.ConfigErrors;
import io.millrace.common.core.config.ConfigOption;
import io.millrace.common.core.config.Configuration;
import io.millrace.common.core.config.JobOptions;
import io.millrace.common.core.config.RestartOptions;
import io.millrace.common.core.error.Problem;
import java.time.Duration;

/**
 * Decides what becomes of a job that failed. Belongs to its job master and remembers the job's failures; it is told the
 * time and reads no clock.
 */
public sealed interface RestartStrategy permits ExponentialDelay, FixedDelay, FailureRate, NoRestart {

    /**
     * The job failed; called once per run that failed.
     *
     * @param nowNanos monotonic; never goes back from call to call
     */
    RestartDecision onFailure(long nowNanos);

    /**
     * The strategy that a job's settings name. A job that names none and takes no checkpoints is not started again: it
     * could only begin anew, and do once more what it has done.
     *
     * @throws io.millrace.common.core.error.MillraceException {@code CONFIG_BAD_VALUE} if they contradict each other
     */
    static RestartStrategy of(Configuration job) {
        boolean forgetful = job.get(JobOptions.CHECKPOINT_INTERVAL).isZero();
        if (forgetful && !job.contains(RestartOptions.STRATEGY)) {
            return new NoRestart("The job takes no checkpoints, and restart.strategy is not set");
        }
        return switch (job.get(RestartOptions.STRATEGY)) {
            case "fixed-delay" ->
                new FixedDelay(
                        job.get(RestartOptions.FIXED_ATTEMPTS),
                        job.get(RestartOptions.FIXED_DELAY).toNanos());
            case "failure-rate" ->
                new FailureRate(
                        job.get(RestartOptions.RATE_FAILURES),
                        positive(RestartOptions.RATE_INTERVAL, job),
                        job.get(RestartOptions.RATE_DELAY).toNanos());
            case "none" -> new NoRestart("restart.strategy is none");
            default -> exponential(job);
        };
    }

    private static RestartStrategy exponential(Configuration job) {
        long delayNanos = positive(RestartOptions.EXPONENTIAL_DELAY, job);
        long maxDelayNanos = positive(RestartOptions.EXPONENTIAL_MAX_DELAY, job);
        if (delayNanos > maxDelayNanos) {
            throw Problem.of(
                            ConfigErrors.CONFIG_BAD_VALUE,
                            RestartOptions.EXPONENTIAL_DELAY.key() + " is longer than "
                                    + RestartOptions.EXPONENTIAL_MAX_DELAY.key())
                    .fix("Raise the longest delay, or lower the first")
                    .asException();
        }
        return new ExponentialDelay(delayNanos, maxDelayNanos, positive(RestartOptions.EXPONENTIAL_RESET, job));
    }

    private static long positive(ConfigOption<Duration> option, Configuration job) {
        long nanos = job.get(option).toNanos();
        if (nanos <= 0) {
            throw Problem.of(ConfigErrors.CONFIG_BAD_VALUE, option.key() + " is zero")
                    .because("A job that fails at once would start again without a pause for ever")
                    .fix("Give a duration above zero, or choose restart.strategy none")
                    .asException();
        }
        return nanos;
    }
}

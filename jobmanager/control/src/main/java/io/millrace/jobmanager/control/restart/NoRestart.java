package io.millrace.jobmanager.control.restart;

/**
 * The first failure is the last.
 *
 * @param why for people
 */
public record NoRestart(String why) implements RestartStrategy {
    @Override
    public RestartDecision onFailure(long nowNanos) {
        return new RestartDecision.StayFailed(why);
    }
}

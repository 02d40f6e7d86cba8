package io.millrace.jobmanager.control.restart;

/** The first failure is the last. */
public record NoRestart() implements RestartStrategy {
    @Override
    public RestartDecision onFailure(long nowNanos) {
        return new RestartDecision.StayFailed("restart.strategy is none");
    }
}

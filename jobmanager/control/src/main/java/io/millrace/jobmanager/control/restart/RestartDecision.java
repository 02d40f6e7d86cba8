package io.millrace.jobmanager.control.restart;

/** What is to become of a job that failed. */
public sealed interface RestartDecision {

    /**
     * It starts again.
     *
     * @param delayNanos from now; 0 for at once
     */
    record StartAgain(long delayNanos) implements RestartDecision {}

    /**
     * It stays failed.
     *
     * @param why the rule that says so, with its numbers
     */
    record StayFailed(String why) implements RestartDecision {}
}

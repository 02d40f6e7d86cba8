package io.millrace.jobmanager.control.contract;

/**
 * When an event is handled: state machines are handed the time and never read a clock.
 *
 * @param nanos monotonic, for deadlines
 * @param epochMs wall clock, for people
 */
public record Moment(long nanos, long epochMs) {

    /** Whether a deadline has come; {@code Long.MAX_VALUE} never comes. */
    public boolean reached(long deadlineNanos) {
        return deadlineNanos != Long.MAX_VALUE && deadlineNanos - nanos <= 0;
    }
}

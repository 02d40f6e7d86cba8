package io.millrace.taskmanager.state;

/**
 * Timers of one time domain, at most one per key and time. They fire in order of time; in which order those of the same
 * time do is the backend's matter.
 */
public interface TimerQueue {

    /** Registers a timer for the current key; without effect if it is there. */
    void register(long time);

    /** Takes a timer of the current key back; without effect if it is not there. */
    void delete(long time);

    /** The time of the next timer; {@code Long.MAX_VALUE} if there is none or none before that. */
    long nextTime();

    /**
     * Removes the next timer if its time is at most {@code upTo} and makes its key the current one.
     *
     * @return whether there was one; its time is then {@link #firedTime}
     */
    boolean pollDue(long upTo);

    /** The time of the timer that {@link #pollDue} removed last. */
    long firedTime();

    int size();
}

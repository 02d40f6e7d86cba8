package io.millrace.taskmanager.runtime.operator;

/** A part of a task that has something to do at a certain time, whether or not elements arrive. */
public interface Timed {

    /** When it wants to be called, in the host's nanos; {@code Long.MAX_VALUE}: not at all. */
    long nextDeadlineNanos();

    /** Called when the deadline has passed and no firing is open; does a bounded amount of work, or opens a firing. */
    void onDeadline();
}

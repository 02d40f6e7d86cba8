package io.millrace.jobmanager.control.contract;

/**
 * Makes entries durable, in order, on a thread of its own, and posts of each what came of it: {@link Event.Appended} or
 * {@link Event.AppendFailed}.
 */
@FunctionalInterface
public interface MetadataLog {
    /** Takes an entry without blocking. */
    void append(LogEntry entry);
}

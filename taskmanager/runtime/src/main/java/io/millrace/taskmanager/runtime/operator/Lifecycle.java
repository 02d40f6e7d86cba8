package io.millrace.taskmanager.runtime.operator;

/** A part of an operator that is opened before the first element and closed in any case. */
public interface Lifecycle {

    /** Called once, before the task starts. */
    void open();

    /** Called once if {@link #open} was called, also if that failed. */
    void close();
}

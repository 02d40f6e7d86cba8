package io.millrace.taskmanager.runtime.operator;

/** Threads that may block, for user code that says so. Handed in by the TaskManager; any thread may call it. */
public interface Workers {

    /**
     * Runs {@code work} once, on a thread of its own or of a pool.
     *
     * @param name for the thread
     */
    void run(String name, Runnable work);
}

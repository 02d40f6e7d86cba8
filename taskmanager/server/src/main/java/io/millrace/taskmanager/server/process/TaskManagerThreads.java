package io.millrace.taskmanager.server.process;

import io.millrace.common.core.concurrent.Signal;
import io.millrace.common.core.time.Clock;
import io.millrace.taskmanager.runtime.operator.Workers;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads of a TaskManager that may block: one for jars and class loaders, and a pool that grows and shrinks with
 * need for user code that blocks.
 */
final class TaskManagerThreads implements Workers, AutoCloseable {
    private static final int MOST_WORKERS = 256;
    private static final long IDLE_SECONDS = 5;

    private final ExecutorService libraries =
            Executors.newSingleThreadExecutor(work -> daemon(work, "millrace-libraries"));
    private final ThreadPoolExecutor workers = new ThreadPoolExecutor(
            0,
            MOST_WORKERS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            work -> daemon(work, "millrace-worker"));

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Runs jar and class loader work, one after another. */
    ExecutorService libraries() {
        return libraries;
    }

    /** Lets a worker wait; less if it is to end. */
    static void pause(Clock clock, long nanos) {
        Signal nobody = new Signal();
        long start = clock.nanoTime();
        long left = nanos;
        while (left > 0 && !Thread.currentThread().isInterrupted()) {
            nobody.prepareToPark();
            nobody.park(left);
            left = nanos - (clock.nanoTime() - start);
        }
    }

    @Override
    public void run(String name, Runnable work) {
        workers.execute(work);
    }

    @Override
    public void close() {
        libraries.shutdownNow();
        workers.shutdownNow();
    }
}

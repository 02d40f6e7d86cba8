package io.millrace.deploy.architecture.bad.taskmanager;

import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Shares, starts a thread, reads a clock, draws at random and prints. */
final class SharedState {
    private final AtomicLong counter = new AtomicLong();
    private final LongSupplier clock = System::nanoTime;
    private volatile boolean closed;
    private int steps;

    synchronized void close() {
        closed = true;
    }

    int step() {
        synchronized (counter) {
            steps++;
        }
        return closed ? 0 : steps;
    }

    long lottery() {
        return new Random().nextInt() + clock.getAsLong();
    }

    Thread announce() {
        return new Thread(() -> System.out.println(counter), "announcer");
    }
}

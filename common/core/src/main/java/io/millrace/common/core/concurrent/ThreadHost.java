package io.millrace.common.core.concurrent;

import io.millrace.common.core.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;

/**
 * Runs agents on one thread of its own: steps them in turn while there is work and parks on their common {@link Signal}
 * otherwise. An agent that throws is closed and reported; the others go on.
 */
public final class ThreadHost implements AutoCloseable {
    private static final long LONGEST_PARK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long CLOSE_TIMEOUT_MILLIS = TimeUnit.SECONDS.toMillis(10);

    private final List<Agent> agents;
    private final Signal signal;
    private final Clock clock;
    private final BiConsumer<Agent, Throwable> onFailure;
    private final Thread thread;
    private volatile boolean stopping;

    /**
     * @param name the thread's name
     * @param agents stepped in this order
     * @param signal the signal that every mailbox and ring of these agents wakes
     * @param onFailure told of an agent whose step threw; runs on the host's thread
     */
    public ThreadHost(
            String name, List<Agent> agents, Signal signal, Clock clock, BiConsumer<Agent, Throwable> onFailure) {
        this.agents = new ArrayList<>(agents);
        this.signal = signal;
        this.clock = clock;
        this.onFailure = onFailure;
        this.thread = new Thread(this::run, name);
        this.thread.setDaemon(true);
    }

    public ThreadHost start() {
        thread.start();
        return this;
    }

    /** Stops after the current step, closes the agents on their thread and waits up to ten seconds for that. */
    @Override
    public void close() {
        stopping = true;
        signal.wake();
        LockSupport.unpark(thread);
        if (Thread.currentThread() == thread || !thread.isAlive()) {
            return;
        }
        try {
            thread.join(CLOSE_TIMEOUT_MILLIS);
            if (thread.isAlive()) {
                onFailure.accept(agents.get(0), new IllegalStateException(thread.getName() + " did not stop in time"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        agents.removeIf(agent -> !guarded(agent, agent::onStart));
        while (!stopping && !agents.isEmpty()) {
            if (stepAll() == 0) {
                parkUnlessWorkArrived();
            }
        }
        agents.forEach(agent -> guarded(agent, agent::onClose));
    }

    private void parkUnlessWorkArrived() {
        signal.prepareToPark();
        if (stopping || stepAll() > 0) {
            signal.cancelPark();
            return;
        }
        long now = clock.nanoTime();
        long wait = LONGEST_PARK_NANOS;
        for (Agent agent : agents) {
            long deadline = agent.nextDeadlineNanos();
            if (deadline != Long.MAX_VALUE) {
                wait = Math.min(wait, deadline - now);
            }
        }
        signal.park(wait);
    }

    private int stepAll() {
        int work = 0;
        for (int i = 0; i < agents.size(); i++) {
            Agent agent = agents.get(i);
            try {
                work += agent.step(clock.nanoTime());
            } catch (Throwable failure) {
                agents.remove(i--);
                guarded(agent, agent::onClose);
                onFailure.accept(agent, failure);
            }
        }
        return work;
    }

    private boolean guarded(Agent agent, Runnable action) {
        try {
            action.run();
            return true;
        } catch (Throwable failure) {
            onFailure.accept(agent, failure);
            return false;
        }
    }
}

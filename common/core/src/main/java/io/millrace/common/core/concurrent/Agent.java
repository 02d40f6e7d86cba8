package io.millrace.common.core.concurrent;

/**
 * A single-threaded owner of state that is advanced in bounded steps. An agent never blocks, sleeps, or starts a
 * thread; what reaches it from elsewhere comes through a {@link Mailbox} or {@link Ring}. All methods are called by its
 * host's thread.
 */
public interface Agent {

    /** A short name for threads, logs and metrics. */
    String name();

    /** Called once before the first step. */
    default void onStart() {}

    /**
     * Does a bounded amount of work.
     *
     * @param nowNanos the host's reading of {@link io.millrace.common.core.time.Clock#nanoTime}
     * @return how many things were done; 0 lets the host park until signalled or until {@link #nextDeadlineNanos}
     */
    int step(long nowNanos);

    /**
     * When this agent wants to be stepped even if nothing arrives, in the host's nanos; {@code Long.MAX_VALUE}: never.
     */
    default long nextDeadlineNanos() {
        return Long.MAX_VALUE;
    }

    /** Called once after the last step, also after a step that threw. */
    default void onClose() {}
}

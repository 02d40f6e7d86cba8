package io.millrace.taskmanager.runtime.operator;

import io.millrace.common.core.error.Problem;
import io.millrace.taskmanager.runtime.stream.BarrierHandler;
import org.jspecify.annotations.Nullable;

/** What feeds a task's chain: input gates, a source's reader, or a split enumerator. For the slot's thread. */
public interface Intake extends Lifecycle, Checkpointed {

    /**
     * Called once, when the task begins; all functions are open and all channels are.
     *
     * @param barriers told of every barrier from then on
     */
    void start(BarrierHandler barriers);

    /**
     * A barrier is on its way, by its code. An intake that no channel can bring it to lets it pass as soon as it may.
     * That of a drain only makes sources end: it passes through their tasks, as through all others, at their end.
     */
    void announce(long barrier);

    /**
     * The checkpoint whose barrier has passed, and for which elements on their way are captured; 0 if there is none.
     */
    default long capturing() {
        return 0;
    }

    /** Every channel has brought the barrier of the checkpoint, a later one or its end: nothing more is captured. */
    default void settle(long checkpoint) {}

    /** When a barrier will have waited long enough for its channels, in the host's nanos. */
    default long nextBarrierNanos() {
        return Long.MAX_VALUE;
    }

    /** The barrier of this checkpoint is of no use any more: nothing waits for it. */
    void giveUp(long checkpoint);

    /**
     * Takes a bounded number of elements into the chain, none while the brake is on.
     *
     * @return how much was done; 0 if there was nothing to take
     */
    int step();

    /** Whether the last watermark was given to the chain and nothing follows. */
    boolean isEnded();

    /** Whether the task may end once it is done with what it was given: nobody sends to it any more. */
    boolean isReleased();

    /** Why an incoming channel is broken; null while all work. */
    @Nullable
    Problem failure();

    /** Elements given to the chain so far. */
    long records();

    /** Bytes taken from other processes so far. */
    long bytes();

    /** The watermark given to the chain last; {@code Long.MIN_VALUE} before the first. */
    long watermark();
}

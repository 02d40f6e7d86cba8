package io.millrace.taskmanager.runtime.task;

import io.millrace.taskmanager.runtime.stream.Brake;
import io.millrace.taskmanager.runtime.stream.Control;
import io.millrace.taskmanager.runtime.stream.ElementBatch;
import io.millrace.taskmanager.runtime.stream.Output;
import org.jspecify.annotations.Nullable;

/**
 * The loop over the elements of one batch, resumable at any element. The innermost loop of every task that has inputs.
 */
abstract class BatchLoop {

    /** @param from elements of the batch that were taken before */
    abstract void begin(ElementBatch next, int from);

    /** Leaves the batch before its end, to be begun again at {@link #position}. @return the batch */
    abstract ElementBatch suspend();

    abstract boolean isDone();

    /** How many elements of the batch were taken. */
    abstract int position();

    /**
     * Gives elements to {@code head} up to the end of the batch, to the next control element, or until the brake is on.
     *
     * @param most elements to give
     * @return the control element it stopped at, now taken; null for the other reasons
     */
    @Nullable
    abstract Control proceed(Output head, Brake brake, int most);

    /** The number of the control element that {@link #proceed} returned last. */
    abstract long controlTimestamp();
}

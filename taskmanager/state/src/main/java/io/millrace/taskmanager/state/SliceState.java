package io.millrace.taskmanager.state;

import org.jspecify.annotations.Nullable;

/**
 * One accumulator per slice and key. A slice is named by its end, in milliseconds.
 *
 * @param <A> accumulators; mutable ones may be changed in place after {@link #get}, followed by {@link #put}
 */
public interface SliceState<A> {

    /** The current key's accumulator in a slice, or null. */
    @Nullable
    A get(long sliceEnd);

    /** Sets the current key's accumulator in a slice. */
    void put(long sliceEnd, A accumulator);

    /** The end of the earliest slice with an accumulator; {@code Long.MAX_VALUE} if there is none. */
    long firstSlice();

    /** The end of the earliest slice after {@code sliceEnd}; {@code Long.MAX_VALUE} if there is none. */
    long sliceAfter(long sliceEnd);

    /** Starts to go through the keys of a slice, in an order of the backend's own. */
    Cursor<A> cursor(long sliceEnd);

    /** Drops a slice with all its accumulators. */
    void drop(long sliceEnd);

    /** A position within a slice that survives changes to other slices. */
    interface Cursor<A> {
        /** Moves to the next key and makes it the current one. */
        boolean next();

        A accumulator();
    }
}

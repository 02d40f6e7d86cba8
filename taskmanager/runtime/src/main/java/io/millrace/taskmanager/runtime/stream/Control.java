package io.millrace.taskmanager.runtime.stream;

/** Stands for a control element among the values of a batch. Its number, where it has one, is in the timestamps. */
public enum Control {
    /** A watermark; the timestamp is its value. */
    WATERMARK,
    /** The channel is left out of watermarks until {@link #ACTIVE}. */
    IDLE,
    ACTIVE,
    /** Nothing follows on the channel. */
    END_OF_INPUT,
    /**
     * Divides what belongs to a checkpoint from what comes after it; the timestamp is the code of a {@link Barrier}.
     */
    BARRIER;

    /** Whether it has a number. */
    public boolean isNumbered() {
        return this == WATERMARK || this == BARRIER;
    }
}

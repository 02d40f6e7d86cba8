package io.millrace.common.checkpoint.storage;

/** How a {@link CheckpointStorage#put} ended. */
public enum PutOutcome {
    /** The object is there with the content given, be it from this call or from one before. */
    STORED,
    /** There is an object of this name with other content; it was left as it is. */
    TAKEN
}

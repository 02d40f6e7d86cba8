package io.millrace.api.source;

/** A reader's output. Per-split outputs let the engine keep one watermark per split. */
public interface ReaderOutput<T> extends SourceOutput<T> {
    /** Creates or finds the output of a split. */
    SourceOutput<T> createOutputForSplit(String splitId);

    /** Forgets a finished split, so that it no longer holds the watermark back. */
    void releaseOutputForSplit(String splitId);

    /**
     * Whether the consumer has room for more. A reader that emits several elements per poll stops when this turns
     * false; what it emits beyond is kept, but costs memory.
     */
    default boolean hasRoom() {
        return true;
    }
}

package io.millrace.api.source;

/** A part of a source that one reader reads: a file, a partition. */
public interface SourceSplit {
    /** Unique within the source. */
    String splitId();
}

package io.millrace.taskmanager.runtime.source;

/** Counts the elements of one reader over all its splits. */
final class RecordCounter {
    long records;
}

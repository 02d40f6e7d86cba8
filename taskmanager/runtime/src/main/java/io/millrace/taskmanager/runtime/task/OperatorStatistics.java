package io.millrace.taskmanager.runtime.task;

/**
 * What one operator of one subtask did so far.
 *
 * @param recordsIn elements it took; 0 for a source
 * @param recordsOut elements it gave to its main output
 * @param lateRecords elements that came too late for every window and were dropped
 */
public record OperatorStatistics(int operatorId, String name, long recordsIn, long recordsOut, long lateRecords) {}

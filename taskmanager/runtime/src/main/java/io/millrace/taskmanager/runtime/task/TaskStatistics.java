package io.millrace.taskmanager.runtime.task;

import io.millrace.common.core.id.SubtaskId;
import java.util.List;

/**
 * What one subtask did so far, as published now and then.
 *
 * @param name vertex and subtask, for people
 * @param recordsIn elements given to the chain
 * @param recordsOut elements handed over to other tasks
 * @param bytesIn taken from other processes
 * @param bytesOut handed over to other processes
 * @param busyNanos time spent in steps that did something
 * @param blockedNanos time spent waiting for room in an output
 * @param watermark the one in force at the head; {@code Long.MIN_VALUE} before the first
 */
public record TaskStatistics(
        SubtaskId id,
        String name,
        long recordsIn,
        long recordsOut,
        long bytesIn,
        long bytesOut,
        long busyNanos,
        long blockedNanos,
        long watermark,
        List<OperatorStatistics> operators) {

    public TaskStatistics {
        operators = List.copyOf(operators);
    }

    static TaskStatistics none(SubtaskId id, String name) {
        return new TaskStatistics(id, name, 0, 0, 0, 0, 0, 0, Long.MIN_VALUE, List.of());
    }
}

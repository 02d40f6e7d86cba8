package io.millrace.taskmanager.runtime.sink;

import io.millrace.common.core.concurrent.Signal;
import io.millrace.common.core.id.SubtaskId;

/**
 * Where a sink's printed lines and collected results go.
 *
 * @param outputs the TaskManager's
 * @param task the subtask they come from
 * @param operator the sink's id in the job graph
 * @param operatorName for people
 * @param signal wakes the subtask's slot
 */
public record SinkDestination(JobOutputs outputs, SubtaskId task, int operator, String operatorName, Signal signal) {}

package io.millrace.taskmanager.runtime.sink;

import io.millrace.common.core.concurrent.Signal;
import io.millrace.common.core.id.SubtaskId;

/**
 * Where a sink's printed lines and collected results go.
 *
 * @param outputs the TaskManager's
 * @param task the subtask they come from
 * @param signal wakes its slot
 */
public record SinkDestination(JobOutputs outputs, SubtaskId task, Signal signal) {}

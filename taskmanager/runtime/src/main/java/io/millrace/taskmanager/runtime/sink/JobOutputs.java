package io.millrace.taskmanager.runtime.sink;

import io.millrace.api.sink.CollectedResults;
import io.millrace.api.sink.OutputLines;
import io.millrace.common.core.concurrent.Signal;
import io.millrace.common.core.id.SubtaskId;

/**
 * Where a TaskManager takes the printed lines and collected results of its tasks. Handed in; any thread may call it.
 */
public interface JobOutputs {

    /** Takes the lines that a subtask prints. */
    OutputLines lines(SubtaskId task);

    /**
     * Takes the results that a subtask collects.
     *
     * @param hasRoom to be woken when there is room again
     */
    CollectedResults results(SubtaskId task, Signal hasRoom);
}

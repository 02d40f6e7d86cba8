package io.millrace.taskmanager.runtime.sink;

import io.millrace.api.sink.CollectedResults;
import io.millrace.api.sink.OutputLines;
import io.millrace.common.core.concurrent.Signal;
import io.millrace.common.core.id.SubtaskId;

/**
 * Where a TaskManager takes the printed lines and collected results of its tasks. Handed in. Any thread may open; what
 * is opened is for the slot's thread.
 */
public interface JobOutputs {

    /** Takes the lines that one operator of a subtask prints. */
    Lines openLines(SubtaskId task, int operator, String operatorName);

    /**
     * Takes the results that one operator of a subtask collects.
     *
     * @param hasRoom to be woken when there is room again
     */
    Results openResults(SubtaskId task, int operator, Signal hasRoom);

    /** Printed lines of one operator. */
    interface Lines extends OutputLines {

        /** No line follows. */
        void close();
    }

    /** Collected results of one operator. */
    interface Results extends CollectedResults {

        /** Sends what was added so far. */
        void flush();
    }
}

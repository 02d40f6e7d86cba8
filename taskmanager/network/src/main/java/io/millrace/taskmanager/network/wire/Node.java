package io.millrace.taskmanager.network.wire;

import io.millrace.common.core.id.Incarnation;
import io.millrace.common.core.id.TaskManagerId;

/** One life of one TaskManager process, as hellos name it. */
public record Node(TaskManagerId taskManager, Incarnation incarnation) {

    @Override
    public String toString() {
        return taskManager + "/" + incarnation;
    }
}

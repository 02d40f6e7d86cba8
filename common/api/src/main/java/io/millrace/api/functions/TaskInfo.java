package io.millrace.api.functions;

/** Which subtask a function instance runs in. */
public interface TaskInfo {
    String getTaskName();

    int getMaxNumberOfParallelSubtasks();

    /** From 0 up to {@link #getNumberOfParallelSubtasks}. */
    int getIndexOfThisSubtask();

    int getNumberOfParallelSubtasks();

    /** How often this subtask was started before. */
    int getAttemptNumber();

    /** Such as {@code Map (2/4)#0}. */
    String getTaskNameWithSubtasks();
}

package io.millrace.taskmanager.runtime.sink;

import io.millrace.taskmanager.runtime.operator.TaskEnvironment;
import io.millrace.taskmanager.runtime.operator.TaskTime;
import io.millrace.taskmanager.runtime.snapshot.RestoredOperator;
import io.millrace.taskmanager.runtime.stream.Brake;

/**
 * What a sink shares with its task.
 *
 * @param time the task's clock
 * @param brake stops the task while collected results find no room
 * @param environment where user code runs
 * @param destination where printed lines and collected results go
 * @param restored what the sink takes up
 */
public record SinkTask(
        TaskTime time,
        Brake brake,
        TaskEnvironment environment,
        SinkDestination destination,
        RestoredOperator restored) {}

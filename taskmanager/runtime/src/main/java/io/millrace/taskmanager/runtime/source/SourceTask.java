package io.millrace.taskmanager.runtime.source;

import io.millrace.common.core.concurrent.Signal;
import io.millrace.taskmanager.runtime.operator.JobCode;
import io.millrace.taskmanager.runtime.operator.TaskEnvironment;
import io.millrace.taskmanager.runtime.operator.TaskTime;
import io.millrace.taskmanager.runtime.operator.Workers;
import io.millrace.taskmanager.runtime.snapshot.RestoredOperator;
import io.millrace.taskmanager.runtime.stream.Brake;
import io.millrace.taskmanager.runtime.stream.OperatorScope;
import java.util.Map;

/**
 * What both halves of a source share with their task.
 *
 * @param scope names the source in errors
 * @param signal wakes the task's slot
 * @param brake stops the task while outputs have no room
 * @param time the task's clock
 * @param environment where user code runs
 * @param code the job's classes and serializers
 * @param workers run what may block
 * @param configuration the job's settings
 * @param watermarkIntervalNanos between periodic watermarks; 0 for none
 * @param restored what the half takes up
 */
public record SourceTask(
        OperatorScope scope,
        Signal signal,
        Brake brake,
        TaskTime time,
        TaskEnvironment environment,
        JobCode code,
        Workers workers,
        Map<String, String> configuration,
        long watermarkIntervalNanos,
        RestoredOperator restored) {}

package io.millrace.taskmanager.runtime.operator;

import io.millrace.api.functions.JobInfo;
import io.millrace.api.functions.TaskInfo;
import java.util.Map;

/**
 * Where user code of one task runs.
 *
 * @param taskInfo which subtask
 * @param jobInfo which job
 * @param globalParameters what the user set for all functions of the job
 * @param userClassLoader loads the job's classes
 * @param checkpointing what is known of checkpoints
 */
public record TaskEnvironment(
        TaskInfo taskInfo,
        JobInfo jobInfo,
        Map<String, String> globalParameters,
        ClassLoader userClassLoader,
        TaskCheckpointing checkpointing) {}

package io.millrace.common.graph.execution;

import io.millrace.common.core.id.SubtaskId;
import org.jspecify.annotations.Nullable;

/**
 * One task that a TaskManager has when it registers.
 *
 * @param slot of the TaskManager, from 0
 * @param failure why, if the state is FAILED; null otherwise
 */
public record TaskReport(
        SubtaskId subtask,
        String jobName,
        String vertexName,
        int slot,
        ExecutionState state,
        @Nullable Failure failure) {}

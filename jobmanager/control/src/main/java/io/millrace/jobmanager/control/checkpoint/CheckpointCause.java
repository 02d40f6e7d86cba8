package io.millrace.jobmanager.control.checkpoint;

import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.SubtaskId;
import org.jspecify.annotations.Nullable;

/**
 * Why a checkpoint failed or was slow.
 *
 * @param subtask because of which; null if it was none of them
 */
public record CheckpointCause(@Nullable SubtaskId subtask, Problem problem) {}

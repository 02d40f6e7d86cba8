package io.millrace.taskmanager.runtime.slot;

import io.millrace.common.core.id.SubtaskId;

/**
 * A cancellation that is not complete.
 *
 * @param sinceNanos when it was asked for
 */
public record PendingCancel(SubtaskId task, long sinceNanos) {}

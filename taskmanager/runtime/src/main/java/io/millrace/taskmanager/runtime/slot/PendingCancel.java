package io.millrace.taskmanager.runtime.slot;

import io.millrace.common.core.id.SubtaskId;

/**
 * A cancellation that is not complete.
 *
 * @param sinceNanos when it was asked for
 * @param givenUp whether it was reported as never to be complete
 */
record PendingCancel(SubtaskId task, long sinceNanos, boolean givenUp) {}

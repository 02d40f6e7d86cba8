package io.millrace.taskmanager.runtime.task;

import io.millrace.taskmanager.runtime.stream.ElementBatch;

/**
 * A batch that was left before its end.
 *
 * @param position of the first element that was not taken
 */
record HeldBatch(ElementBatch batch, int position) {}

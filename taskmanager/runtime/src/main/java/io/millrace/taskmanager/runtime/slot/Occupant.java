package io.millrace.taskmanager.runtime.slot;

import io.millrace.taskmanager.runtime.task.Task;

/**
 * A task in a slot.
 *
 * @param guard says when a thread is in its user code
 * @param lane runs it alone once it does not share the slot's thread any more
 */
record Occupant(Task task, StepGuard guard, SoloLane lane) {}

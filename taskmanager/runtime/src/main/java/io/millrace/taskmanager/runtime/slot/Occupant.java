package io.millrace.taskmanager.runtime.slot;

import io.millrace.taskmanager.runtime.task.Task;

/** A task in a slot, with the seat that says when the slot's thread is in its user code. */
record Occupant(Task task, StepGuard.Seat seat) {}

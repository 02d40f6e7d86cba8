package io.millrace.taskmanager.runtime.snapshot;

/**
 * A part that an earlier snapshot of the same task gave, and that is a part of this one, too.
 *
 * @param operator its id in the job graph
 * @param checkpoint whose snapshot gave it
 * @param index among the {@link TaskSnapshot#parts} of that snapshot
 */
public record EarlierPart(int operator, long checkpoint, int index) {}

package io.millrace.taskmanager.runtime.slot;

/**
 * Leads a thread out of a slot that it does not own any more: while it was in a task's user code the slot went to
 * another thread, and it keeps only that task. Thrown and caught within this package, without a stack trace.
 */
final class TaskDetached extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Occupant kept;

    TaskDetached(Occupant kept) {
        super("the task keeps its thread", null, false, false);
        this.kept = kept;
    }

    Occupant kept() {
        return kept;
    }
}

package io.millrace.common.core.id;

/**
 * Identifies one life of one TaskManager process: a random number drawn at its start. A restarted process has a new
 * incarnation and the same {@link TaskManagerId}.
 */
public record Incarnation(long number) {

    @Override
    public String toString() {
        return String.format("%016x", number);
    }
}

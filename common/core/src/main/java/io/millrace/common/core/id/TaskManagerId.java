package io.millrace.common.core.id;

/** The configured or derived name of a TaskManager, stable over restarts of its process. Unique within a cluster. */
public record TaskManagerId(String name) implements Comparable<TaskManagerId> {

    public TaskManagerId {
        if (name.isBlank() || name.length() > 128) {
            throw new IllegalArgumentException("A TaskManager id has 1 to 128 characters, found '" + name + "'");
        }
    }

    @Override
    public int compareTo(TaskManagerId other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}

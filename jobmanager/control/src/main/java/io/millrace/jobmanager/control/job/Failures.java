package io.millrace.jobmanager.control.job;

import io.millrace.common.graph.execution.Failure;
import java.util.ArrayList;
import java.util.List;

/**
 * Why a job fails: the first cause, then others in order of arrival. A lost TaskManager goes before connection failures
 * that point at it, because they are its consequence even when they arrive first.
 */
final class Failures {
    private static final int MAX_FAILURES = 8;

    private final List<Failure> failures = new ArrayList<>();

    void add(Failure failure) {
        boolean explainsTheFirst = !failures.isEmpty()
                && failure.subtask() == null
                && !failure.taskManager().isEmpty()
                && failure.taskManager().equals(failures.get(0).suspectedTaskManager());
        if (explainsTheFirst) {
            failures.add(0, failure);
        } else {
            failures.add(failure);
        }
        if (failures.size() > MAX_FAILURES) {
            failures.remove(failures.size() - 1);
        }
    }

    List<Failure> list() {
        return List.copyOf(failures);
    }
}

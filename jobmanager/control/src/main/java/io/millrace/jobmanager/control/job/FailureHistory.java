package io.millrace.jobmanager.control.job;

import io.millrace.common.graph.execution.Failure;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Why the runs of a job failed: all that is known of the newest, and the first cause of some before it. */
final class FailureHistory {
    private static final int MAX_EARLIER = 8;

    private final Deque<Failure> earlier = new ArrayDeque<>();
    private Failures newest = new Failures();

    /** Another run failed, for this first cause. */
    void begin(Failure cause) {
        newest.list().stream().findFirst().ifPresent(earlier::addFirst);
        newest = new Failures();
        if (earlier.size() > MAX_EARLIER) {
            earlier.removeLast();
        }
        newest.add(cause);
    }

    void add(Failure failure) {
        newest.add(failure);
    }

    /** Of the newest run that failed. */
    List<Failure> newest() {
        return newest.list();
    }

    /** Of the newest run, then the first causes of earlier ones, the newest first. */
    List<Failure> all() {
        List<Failure> all = new ArrayList<>(newest.list());
        all.addAll(earlier);
        return List.copyOf(all);
    }
}

package io.millrace.taskmanager.server.process;

import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.core.time.Clock;
import io.millrace.common.graph.execution.OperatorProgress;
import io.millrace.common.graph.execution.TaskProgress;
import io.millrace.taskmanager.runtime.task.OperatorStatistics;
import io.millrace.taskmanager.runtime.task.TaskStatistics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns tasks' running totals into shares of the time between two measurements. For one thread. */
final class ProgressMeter {
    private final Clock clock;
    private Map<SubtaskId, TaskStatistics> before = new HashMap<>();
    private long measuredNanos;

    ProgressMeter(Clock clock) {
        this.clock = clock;
        this.measuredNanos = clock.nanoTime();
    }

    List<TaskProgress> measure(List<TaskStatistics> now) {
        long nowNanos = clock.nanoTime();
        double elapsed = Math.max(1, nowNanos - measuredNanos);
        measuredNanos = nowNanos;
        Map<SubtaskId, TaskStatistics> seen = new HashMap<>();
        List<TaskProgress> progress = new ArrayList<>(now.size());
        for (TaskStatistics task : now) {
            TaskStatistics earlier = before.get(task.id());
            long busy = task.busyNanos() - (earlier == null ? 0 : earlier.busyNanos());
            long blocked = task.blockedNanos() - (earlier == null ? 0 : earlier.blockedNanos());
            progress.add(
                    new TaskProgress(task.id(), share(busy / elapsed), share(blocked / elapsed), 0, operators(task)));
            seen.put(task.id(), task);
        }
        before = seen;
        return progress;
    }

    /** What a task that has ended did in all. */
    static TaskProgress last(TaskStatistics task) {
        return new TaskProgress(task.id(), 0, 0, 0, operators(task));
    }

    private static double share(double value) {
        return Math.min(1, Math.max(0, value));
    }

    private static List<OperatorProgress> operators(TaskStatistics task) {
        @Nullable Long watermark = task.watermark() == Long.MIN_VALUE ? null : task.watermark();
        List<OperatorProgress> operators = new ArrayList<>(task.operators().size());
        for (OperatorStatistics operator : task.operators()) {
            operators.add(new OperatorProgress(
                    operator.operatorId(), operator.recordsIn(), operator.recordsOut(), watermark));
        }
        return operators;
    }
}

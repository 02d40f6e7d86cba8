package io.millrace.taskmanager.runtime.task;

import io.millrace.common.core.time.Clock;
import io.millrace.taskmanager.runtime.exchange.TaskOutputs;
import io.millrace.taskmanager.runtime.operator.Lifecycle;
import io.millrace.taskmanager.runtime.operator.TaskTime;
import io.millrace.taskmanager.runtime.operator.Timed;
import io.millrace.taskmanager.runtime.operatorstate.StateClasses;
import io.millrace.taskmanager.runtime.stream.Brake;
import java.util.ArrayList;
import java.util.List;

/**
 * What the parts of one chain share, and what has to be opened, called and released. Filled while the chain is built.
 */
final class ChainParts {
    private final Brake brake = new Brake();
    private final TaskTime time;
    private final TaskOutputs outputs = new TaskOutputs();
    private final List<Lifecycle> lifecycles = new ArrayList<>();
    private final List<Timed> timed = new ArrayList<>();
    private final List<KeyedPosition> keyed = new ArrayList<>();
    private final CheckpointedFunctions functions;
    private final List<Runnable> releases = new ArrayList<>();
    private final List<Runnable> underWay = new ArrayList<>();

    ChainParts(Clock clock, StateClasses classes) {
        this.functions = new CheckpointedFunctions(classes);
        this.time = new TaskTime(clock);
    }

    Brake brake() {
        return brake;
    }

    TaskTime time() {
        return time;
    }

    TaskOutputs outputs() {
        return outputs;
    }

    /** In the order in which they are opened. */
    List<Lifecycle> lifecycles() {
        return lifecycles;
    }

    List<Timed> timed() {
        return timed;
    }

    /** The keyed state of all operators that have any. */
    List<KeyedPosition> keyed() {
        return keyed;
    }

    /** The functions with a say in checkpoints. */
    CheckpointedFunctions functions() {
        return functions;
    }

    /**
     * What gives operators within the chain the elements that were on their way to them, the chain's last one first.
     */
    List<Runnable> underWay() {
        return underWay;
    }

    /** What frees memory and channels that were taken while building. */
    List<Runnable> releases() {
        return releases;
    }
}

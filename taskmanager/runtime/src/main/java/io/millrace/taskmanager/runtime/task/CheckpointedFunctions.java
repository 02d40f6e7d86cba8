package io.millrace.taskmanager.runtime.task;

import io.millrace.common.graph.snapshot.OperatorSchemas;
import io.millrace.taskmanager.runtime.operatorstate.FunctionCheckpoints;
import io.millrace.taskmanager.runtime.operatorstate.OperatorStates;
import io.millrace.taskmanager.runtime.operatorstate.StateClasses;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The functions of a chain that have a say in checkpoints, and the operator states that they keep. */
final class CheckpointedFunctions {
    private final StateClasses classes;
    private final List<FunctionCheckpoints> functions = new ArrayList<>();
    private final Map<Integer, OperatorStates> states = new TreeMap<>();

    CheckpointedFunctions(StateClasses classes) {
        this.classes = classes;
    }

    /** What is told of classes beside the states. */
    StateClasses classes() {
        return classes;
    }

    void add(FunctionCheckpoints function) {
        functions.add(function);
    }

    /** The states of an operator, made when they are asked for first. */
    OperatorStates statesOf(int operator, Supplier<OperatorStates> creation) {
        return states.computeIfAbsent(operator, key -> creation.get());
    }

    /**
     * Asks all functions, then takes what they left in the states.
     *
     * @param epochMillis of the barrier
     */
    void snapshot(SnapshotWork work, long checkpoint, long epochMillis) {
        for (FunctionCheckpoints function : functions) {
            function.snapshot(checkpoint, epochMillis);
        }
        states.forEach((operator, ofOperator) -> ofOperator.snapshot(work.collector(operator)));
    }

    void addSchemas(List<OperatorSchemas> schemas) {
        states.forEach((operator, ofOperator) -> {
            if (!ofOperator.schemas().isEmpty()) {
                schemas.add(new OperatorSchemas(operator, ofOperator.schemas()));
            }
        });
    }

    void completed(long checkpoint) {
        for (FunctionCheckpoints function : functions) {
            function.completed(checkpoint);
        }
    }

    void aborted(long checkpoint) {
        for (FunctionCheckpoints function : functions) {
            function.aborted(checkpoint);
        }
    }
}

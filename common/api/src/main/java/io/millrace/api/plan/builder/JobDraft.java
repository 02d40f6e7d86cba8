package io.millrace.api.plan.builder;

import io.millrace.api.execution.JobClient;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A job under construction: the operators added since the last one was started. For one thread. */
public final class JobDraft {
    private final Defaults defaults;
    private final Launcher launcher;
    private final List<OperatorDraft<?, ?>> operators = new ArrayList<>();
    private int nextId;

    /** What an operator starts with. */
    public interface Defaults {
        int getParallelism();

        int getMaxParallelism();
    }

    /** Starts the job as it is drafted so far and begins the next draft; the name may be left to the defaults. */
    @FunctionalInterface
    public interface Launcher {
        JobClient start(@Nullable String jobName);
    }

    public JobDraft(Defaults defaults, Launcher launcher) {
        this.defaults = defaults;
        this.launcher = launcher;
    }

    /** Adds a source. It takes two ids, the lower one for the enumerator that belongs to it. */
    public <R> OperatorDraft<Void, R> addSource(OperatorRecipe<Void, R> recipe) {
        nextId++;
        return add(recipe, List.of());
    }

    /** Adds an operator behind {@code inputs}. */
    public <T, R> OperatorDraft<T, R> add(OperatorRecipe<T, R> recipe, List<Upstream<T>> inputs) {
        OperatorDraft<T, R> operator = new OperatorDraft<>(nextId++, UserLine.current(), recipe, inputs);
        operator.setParallelism(defaults.getParallelism());
        operator.setMaxParallelism(defaults.getMaxParallelism());
        operators.add(operator);
        return operator;
    }

    public Launcher launcher() {
        return launcher;
    }

    /** The operators added since the last call of {@link #clear}, oldest first. */
    List<OperatorDraft<?, ?>> operators() {
        return List.copyOf(operators);
    }

    /** Starts the next job. Streams made before can still be read on; they then belong to both. */
    public void clear() {
        operators.clear();
    }
}

package io.millrace.taskmanager.runtime.operator;

import io.millrace.api.functions.JobInfo;
import io.millrace.api.functions.RuntimeContext;
import io.millrace.api.functions.TaskInfo;
import io.millrace.api.state.AggregatingState;
import io.millrace.api.state.AggregatingStateDescriptor;
import io.millrace.api.state.ListState;
import io.millrace.api.state.ListStateDescriptor;
import io.millrace.api.state.MapState;
import io.millrace.api.state.MapStateDescriptor;
import io.millrace.api.state.ReducingState;
import io.millrace.api.state.ReducingStateDescriptor;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.taskmanager.runtime.stream.OperatorScope;
import io.millrace.taskmanager.state.KeyedStateBackend;
import io.millrace.taskmanager.state.StateErrors;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a rich function knows of where it runs. */
public final class FunctionContext implements RuntimeContext {
    private final OperatorScope scope;
    private final TaskEnvironment environment;
    private final @Nullable KeyedStateBackend<Object> state;

    /** @param state null for an operator on a stream that is not keyed */
    public FunctionContext(
            OperatorScope scope, TaskEnvironment environment, @Nullable KeyedStateBackend<Object> state) {
        this.scope = scope;
        this.environment = environment;
        this.state = state;
    }

    @Override
    public TaskInfo getTaskInfo() {
        return environment.taskInfo();
    }

    @Override
    public JobInfo getJobInfo() {
        return environment.jobInfo();
    }

    @Override
    public Map<String, String> getGlobalJobParameters() {
        return environment.globalParameters();
    }

    @Override
    public ClassLoader getUserCodeClassLoader() {
        return environment.userClassLoader();
    }

    @Override
    public <T> ValueState<T> getState(ValueStateDescriptor<T> descriptor) {
        return keyed(descriptor.getName()).valueState(descriptor);
    }

    @Override
    public <T> ListState<T> getListState(ListStateDescriptor<T> descriptor) {
        return keyed(descriptor.getName()).listState(descriptor);
    }

    @Override
    public <K, V> MapState<K, V> getMapState(MapStateDescriptor<K, V> descriptor) {
        return keyed(descriptor.getName()).mapState(descriptor);
    }

    @Override
    public <T> ReducingState<T> getReducingState(ReducingStateDescriptor<T> descriptor) {
        return keyed(descriptor.getName()).reducingState(descriptor);
    }

    @Override
    public <I, A, O> AggregatingState<I, O> getAggregatingState(AggregatingStateDescriptor<I, A, O> descriptor) {
        return keyed(descriptor.getName()).aggregatingState(descriptor);
    }

    private KeyedStateBackend<Object> keyed(String stateName) {
        if (state == null) {
            throw scope.failed(
                    scope.problem(StateErrors.STATE_WITHOUT_KEY, "State '" + stateName + "' is asked for without a key")
                            .because("operator '" + scope.name() + "' processes a stream that is not keyed")
                            .fix("Call keyBy(...) before this function"));
        }
        return state;
    }
}

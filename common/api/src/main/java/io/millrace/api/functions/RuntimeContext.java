package io.millrace.api.functions;

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
import java.util.Map;

/**
 * What a rich function knows of where it runs. State is available to functions on keyed streams only; asking for it
 * elsewhere fails with {@code STATE_WITHOUT_KEY}. For the function's own thread.
 */
public interface RuntimeContext {
    TaskInfo getTaskInfo();

    JobInfo getJobInfo();

    /** Parameters set with {@code ExecutionConfig.setGlobalJobParameters}. */
    Map<String, String> getGlobalJobParameters();

    ClassLoader getUserCodeClassLoader();

    <T> ValueState<T> getState(ValueStateDescriptor<T> descriptor);

    <T> ListState<T> getListState(ListStateDescriptor<T> descriptor);

    <K, V> MapState<K, V> getMapState(MapStateDescriptor<K, V> descriptor);

    <T> ReducingState<T> getReducingState(ReducingStateDescriptor<T> descriptor);

    <I, A, O> AggregatingState<I, O> getAggregatingState(AggregatingStateDescriptor<I, A, O> descriptor);
}

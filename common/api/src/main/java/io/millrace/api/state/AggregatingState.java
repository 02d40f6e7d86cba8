package io.millrace.api.state;

/** One accumulator per key. */
public interface AggregatingState<I, O> extends AppendingState<I, O> {}

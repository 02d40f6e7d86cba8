package io.millrace.api.state;

/** One reduced value per key. */
public interface ReducingState<T> extends AppendingState<T, T> {}

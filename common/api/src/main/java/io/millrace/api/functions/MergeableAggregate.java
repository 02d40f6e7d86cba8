package io.millrace.api.functions;

/**
 * Marks an {@link AggregateFunction} whose {@code merge}, or a {@link ReduceFunction} whose {@code reduce}, may be used
 * to combine partial results of the same key in any grouping, as long as their order is kept. It changes neither of its
 * arguments. Windows then keep one partial result per slice of time instead of one per window.
 */
public interface MergeableAggregate {}

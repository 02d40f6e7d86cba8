package io.millrace.api.functions;

/**
 * Aggregates elements through an accumulator.
 *
 * @param <I> elements added
 * @param <A> accumulator; may be changed in place
 * @param <O> result
 */
public interface AggregateFunction<I, A, O> extends Function {
    A createAccumulator();

    A add(I value, A accumulator);

    O getResult(A accumulator);

    /** Combines two accumulators; only merging windows and mergeable aggregates call it. */
    A merge(A a, A b);
}

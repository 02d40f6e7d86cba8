package io.millrace.api.functions.builtin;

import io.millrace.api.functions.AggregateFunction;
import io.millrace.api.functions.MergeableAggregate;

/** The number of elements. */
public final class CountAggregate<T> implements AggregateFunction<T, Long, Long>, MergeableAggregate {
    private static final long serialVersionUID = 1L;

    @Override
    public Long createAccumulator() {
        return 0L;
    }

    @Override
    public Long add(T value, Long accumulator) {
        return accumulator + 1;
    }

    @Override
    public Long getResult(Long accumulator) {
        return accumulator;
    }

    @Override
    public Long merge(Long a, Long b) {
        return a + b;
    }
}

package io.millrace.api.functions.builtin;

import io.millrace.api.functions.AggregateFunction;
import io.millrace.api.functions.MergeableAggregate;
import io.millrace.api.functions.NumberSelector;

/** The sum of a number of each element. */
public final class SelectedSum<T, N extends Number> implements AggregateFunction<T, N, N>, MergeableAggregate {
    private static final long serialVersionUID = 1L;

    private final NumberSelector<T, N> selector;
    private final Class<N> numberClass;

    /** @param numberClass what the selector gives; {@code Number} if unknown */
    public SelectedSum(NumberSelector<T, N> selector, Class<N> numberClass) {
        this.selector = selector;
        this.numberClass = numberClass;
    }

    @Override
    @SuppressWarnings("unchecked") // zero of N, or of a narrower type that turns into N with the first element
    public N createAccumulator() {
        return (N) Numbers.zero(numberClass);
    }

    @Override
    public N add(T value, N accumulator) {
        return sum(accumulator, selector.select(value));
    }

    @Override
    public N getResult(N accumulator) {
        return accumulator;
    }

    @Override
    public N merge(N a, N b) {
        return sum(a, b);
    }

    @SuppressWarnings("unchecked") // numbers of one type give a sum of this type
    private static <N extends Number> N sum(N a, N b) {
        return (N) Numbers.add(a, b);
    }
}

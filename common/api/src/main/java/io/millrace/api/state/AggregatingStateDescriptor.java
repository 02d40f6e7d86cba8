package io.millrace.api.state;

import io.millrace.api.functions.AggregateFunction;
import io.millrace.api.types.TypeInformation;

/** Describes an {@link AggregatingState}. */
public final class AggregatingStateDescriptor<I, A, O> extends StateDescriptor {
    private static final long serialVersionUID = 1L;

    private final AggregateFunction<I, A, O> aggregateFunction;
    private final TypeInformation<A> accumulatorType;

    public AggregatingStateDescriptor(
            String name, AggregateFunction<I, A, O> aggregateFunction, TypeInformation<A> accumulatorType) {
        super(name);
        this.aggregateFunction = aggregateFunction;
        this.accumulatorType = accumulatorType;
    }

    public AggregatingStateDescriptor(
            String name, AggregateFunction<I, A, O> aggregateFunction, Class<A> accumulatorType) {
        this(name, aggregateFunction, TypeInformation.of(accumulatorType));
    }

    public AggregateFunction<I, A, O> getAggregateFunction() {
        return aggregateFunction;
    }

    public TypeInformation<A> accumulatorType() {
        return accumulatorType;
    }
}

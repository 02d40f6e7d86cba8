package io.millrace.api.functions.builtin;

import io.millrace.api.functions.KeyedProcessFunction;
import io.millrace.api.functions.NumberSelector;
import io.millrace.api.functions.OpenContext;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.types.TypeInformation;
import io.millrace.api.util.Collector;

/** Emits, for every element, the sum so far of a number of each element of the key. */
public final class RollingSum<K, T, N extends Number> extends KeyedProcessFunction<K, T, N> {
    private static final long serialVersionUID = 1L;

    private final NumberSelector<T, N> selector;
    private final TypeInformation<N> numberType;
    private transient ValueState<N> sum;

    public RollingSum(NumberSelector<T, N> selector, TypeInformation<N> numberType) {
        this.selector = selector;
        this.numberType = numberType;
    }

    @Override
    public void open(OpenContext openContext) {
        sum = getRuntimeContext().getState(new ValueStateDescriptor<>("sum", numberType));
    }

    @Override
    @SuppressWarnings("unchecked") // numbers of one type give a sum of this type
    public void processElement(T value, Context ctx, Collector<N> out) {
        N before = sum.value();
        N number = selector.select(value);
        N after = before == null ? number : (N) Numbers.add(before, number);
        sum.update(after);
        out.collect(after);
    }
}

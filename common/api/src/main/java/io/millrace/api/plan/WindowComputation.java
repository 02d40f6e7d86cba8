package io.millrace.api.plan;

import io.millrace.api.functions.AggregateFunction;
import io.millrace.api.functions.ProcessWindowFunction;
import io.millrace.api.functions.ReduceFunction;
import io.millrace.api.types.TypeInformation;
import io.millrace.api.types.Types;
import io.millrace.api.windowing.Window;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What is computed per key and window. A combining function runs per element; {@code evaluation}, where there is one,
 * runs when the window fires: on the combined value as a single element, or on all elements.
 */
public sealed interface WindowComputation<T, K, W extends Window, R> extends Serializable {

    /** What is kept per key and slice of time. */
    TypeInformation<?> contentsType();

    /** Combines elements; emits the value, or its evaluation. */
    record Reduce<T, K, W extends Window, R>(
            ReduceFunction<T> function,
            TypeInformation<T> valueType,
            @Nullable ProcessWindowFunction<T, R, K, W> evaluation)
            implements WindowComputation<T, K, W, R> {
        @Override
        public TypeInformation<?> contentsType() {
            return valueType;
        }
    }

    /** Adds elements to an accumulator; emits its result, or the result's evaluation. */
    record Aggregate<T, A, V, K, W extends Window, R>(
            AggregateFunction<T, A, V> function,
            TypeInformation<A> accumulatorType,
            @Nullable ProcessWindowFunction<V, R, K, W> evaluation)
            implements WindowComputation<T, K, W, R> {
        @Override
        public TypeInformation<?> contentsType() {
            return accumulatorType;
        }
    }

    /** Keeps all elements and evaluates them. */
    record KeepAll<T, K, W extends Window, R>(
            TypeInformation<T> elementType, ProcessWindowFunction<T, R, K, W> evaluation)
            implements WindowComputation<T, K, W, R> {
        @Override
        public TypeInformation<?> contentsType() {
            return Types.LIST(elementType);
        }
    }
}

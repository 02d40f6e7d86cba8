package io.millrace.api.plan;

import io.millrace.api.functions.ReduceFunction;
import io.millrace.api.types.TypeInformation;

/** Emits the running reduction of each key for every element. */
public record KeyedReduceSpec<K, T>(ReduceFunction<T> function, Keying<T, K> keying, TypeInformation<T> outputType)
        implements OperatorSpec {}

package io.millrace.api.plan;

import io.millrace.api.functions.KeyedProcessFunction;
import io.millrace.api.types.TypeInformation;

/** A process function on a keyed stream. */
public record KeyedProcessSpec<K, I, O>(
        KeyedProcessFunction<K, I, O> function, Keying<I, K> keying, TypeInformation<O> outputType)
        implements OperatorSpec {}

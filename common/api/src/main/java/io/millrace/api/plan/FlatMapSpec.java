package io.millrace.api.plan;

import io.millrace.api.functions.FlatMapFunction;
import io.millrace.api.types.TypeInformation;

/** One in, any number out. */
public record FlatMapSpec<I, O>(FlatMapFunction<I, O> function, TypeInformation<O> outputType)
        implements OperatorSpec {}

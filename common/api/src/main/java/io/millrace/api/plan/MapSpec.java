package io.millrace.api.plan;

import io.millrace.api.functions.MapFunction;
import io.millrace.api.types.TypeInformation;

/** One in, one out; a null result is passed on only to chained operators. */
public record MapSpec<I, O>(MapFunction<I, O> function, TypeInformation<O> outputType) implements OperatorSpec {}

package io.millrace.api.plan;

import io.millrace.api.functions.FilterFunction;
import io.millrace.api.types.TypeInformation;

/** Keeps some elements. */
public record FilterSpec<T>(FilterFunction<T> function, TypeInformation<T> outputType) implements OperatorSpec {}

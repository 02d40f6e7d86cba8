package io.millrace.api.plan;

import io.millrace.api.functions.ProcessFunction;
import io.millrace.api.types.TypeInformation;

/** A process function on a stream that is not keyed. */
public record ProcessSpec<I, O>(ProcessFunction<I, O> function, TypeInformation<O> outputType)
        implements OperatorSpec {}

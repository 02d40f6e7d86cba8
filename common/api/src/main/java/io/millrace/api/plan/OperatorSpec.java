package io.millrace.api.plan;

import io.millrace.api.execution.JobTerms;
import io.millrace.api.types.TypeInformation;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** What one operator does. The runtime has one operator for each member of the family. */
public sealed interface OperatorSpec extends Serializable
        permits SourceSpec,
                EnumeratorSpec,
                MapSpec,
                FlatMapSpec,
                FilterSpec,
                ProcessSpec,
                KeyedProcessSpec,
                KeyedReduceSpec,
                WindowSpec,
                TimestampsSpec,
                SinkSpec {

    /** The type of the main output; null for an operator without one. */
    @Nullable
    TypeInformation<?> outputType();

    /** @throws io.millrace.common.core.error.MillraceException if it cannot work in such a job */
    default void validate(JobTerms terms) {}
}

package io.millrace.api.plan;

import io.millrace.api.eventtime.WatermarkStrategy;
import io.millrace.api.execution.JobTerms;
import io.millrace.api.source.Source;
import io.millrace.api.source.SourceSplit;
import io.millrace.api.types.TypeInformation;

/** The reading half of a source; its one input is the assignment edge from the {@link EnumeratorSpec}. */
public record SourceSpec<T, S extends SourceSplit>(
        Source<T, S, ?> source, WatermarkStrategy<T> watermarks, TypeInformation<T> outputType)
        implements OperatorSpec {

    @Override
    public void validate(JobTerms terms) {
        source.validate(terms);
    }
}

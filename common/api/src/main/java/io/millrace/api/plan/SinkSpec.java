package io.millrace.api.plan;

import io.millrace.api.execution.JobTerms;
import io.millrace.api.sink.Sink;
import io.millrace.api.types.TypeInformation;
import org.jspecify.annotations.Nullable;

/** Writes elements to a sink. */
public record SinkSpec<T>(Sink<T> sink) implements OperatorSpec {
    @Override
    public @Nullable TypeInformation<?> outputType() {
        return null;
    }

    @Override
    public void validate(JobTerms terms) {
        sink.validate(terms);
    }
}

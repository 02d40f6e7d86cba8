package io.millrace.api.plan;

import io.millrace.api.source.Source;
import io.millrace.api.source.SourceSplit;
import io.millrace.api.types.TypeInformation;
import org.jspecify.annotations.Nullable;

/** The enumerating half of a source: parallelism 1, one assignment edge to the readers' vertex. */
public record EnumeratorSpec<S extends SourceSplit, C>(Source<?, S, C> source, int readers) implements OperatorSpec {
    @Override
    public @Nullable TypeInformation<?> outputType() {
        return null;
    }
}

package io.millrace.api.plan;

import io.millrace.api.source.Source;
import io.millrace.api.source.SourceSplit;
import io.millrace.api.types.TypeInformation;
import org.jspecify.annotations.Nullable;

/**
 * The enumerating half of a source: parallelism 1, one assignment edge to the readers' vertex. The payload of that edge
 * is empty: what travels on it are splits in the form of the source's own serializer.
 */
public record EnumeratorSpec<S extends SourceSplit, C>(Source<?, S, C> source, int readers) implements OperatorSpec {
    @Override
    public @Nullable TypeInformation<?> outputType() {
        return null;
    }
}

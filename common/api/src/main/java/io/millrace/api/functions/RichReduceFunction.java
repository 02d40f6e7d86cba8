package io.millrace.api.functions;

/** {@link ReduceFunction} with a life cycle. */
public abstract class RichReduceFunction<T> extends AbstractRichFunction implements ReduceFunction<T> {
    private static final long serialVersionUID = 1L;
}

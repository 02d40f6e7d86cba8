package io.millrace.api.functions;

/** {@link FlatMapFunction} with a life cycle. */
public abstract class RichFlatMapFunction<T, O> extends AbstractRichFunction implements FlatMapFunction<T, O> {
    private static final long serialVersionUID = 1L;
}

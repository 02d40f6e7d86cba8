package io.millrace.api.functions;

/** {@link MapFunction} with a life cycle. */
public abstract class RichMapFunction<T, O> extends AbstractRichFunction implements MapFunction<T, O> {
    private static final long serialVersionUID = 1L;
}

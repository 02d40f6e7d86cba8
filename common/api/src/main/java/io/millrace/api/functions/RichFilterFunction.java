package io.millrace.api.functions;

/** {@link FilterFunction} with a life cycle. */
public abstract class RichFilterFunction<T> extends AbstractRichFunction implements FilterFunction<T> {
    private static final long serialVersionUID = 1L;
}

package io.millrace.api.functions;

/** One element in, one element out. Called by one thread per instance. */
@FunctionalInterface
public interface MapFunction<T, O> extends Function {
    O map(T value) throws Exception;
}

package io.millrace.api.functions;

/** Keeps the elements for which it returns true. Called by one thread per instance. */
@FunctionalInterface
public interface FilterFunction<T> extends Function {
    boolean filter(T value) throws Exception;
}

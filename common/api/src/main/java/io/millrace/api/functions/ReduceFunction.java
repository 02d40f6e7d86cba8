package io.millrace.api.functions;

/** Combines two elements into one. Must be associative. It may change and return its first argument. */
@FunctionalInterface
public interface ReduceFunction<T> extends Function {
    T reduce(T value1, T value2) throws Exception;
}

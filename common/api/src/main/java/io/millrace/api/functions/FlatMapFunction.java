package io.millrace.api.functions;

import io.millrace.api.util.Collector;

/** One element in, any number out. Called by one thread per instance. */
@FunctionalInterface
public interface FlatMapFunction<T, O> extends Function {
    void flatMap(T value, Collector<O> out) throws Exception;
}

package io.millrace.api.functions;

import io.millrace.api.util.Collector;
import io.millrace.api.windowing.Window;

/** Evaluates the contents of one window of one key. */
@FunctionalInterface
public interface WindowFunction<I, O, K, W extends Window> extends Function {
    void apply(K key, W window, Iterable<I> input, Collector<O> out) throws Exception;
}

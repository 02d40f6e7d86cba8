package io.millrace.api.functions;

/**
 * The key of an element: deterministic and never null. Called wherever the engine needs the key, possibly more than
 * once.
 */
@FunctionalInterface
public interface KeySelector<T, K> extends Function {
    K getKey(T value) throws Exception;
}

package io.millrace.api.functions;

/**
 * The number to sum up of an element, such as {@code event -> 1}. The sum is of the same type and wraps around as
 * Java's {@code +}.
 */
@FunctionalInterface
public interface NumberSelector<T, N extends Number> extends Function {
    N select(T value);
}

package io.millrace.api.plan.builder;

import io.millrace.api.plan.OperatorSpec;
import io.millrace.api.types.TypeInformation;

/**
 * How an operator is made once the type of its input is known.
 *
 * @param kind the operator's name unless the user gives it one
 * @param typeRule finds the type of its output where the user declares none
 * @param specRule makes its specification
 */
public record OperatorRecipe<T, R>(String kind, TypeRule<T, R> typeRule, SpecRule<T, R> specRule) {

    /** Finds an output's type. */
    @FunctionalInterface
    public interface TypeRule<T, R> {
        StreamType<R> output(StreamType<T> input);
    }

    /** Makes a specification. */
    @FunctionalInterface
    public interface SpecRule<T, R> {
        OperatorSpec spec(StreamType<T> input, TypeInformation<R> output);
    }
}

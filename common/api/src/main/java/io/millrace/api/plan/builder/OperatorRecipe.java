package io.millrace.api.plan.builder;

import io.millrace.api.plan.OperatorSpec;
import io.millrace.api.types.TypeInformation;

/**
 * How an operator is made once the type of its input is known.
 *
 * @param kind the operator's name unless the user gives it one
 * @param sink whether it is an end of the job
 * @param typeRule finds the type of its output where the user declares none
 * @param specRule makes its specification
 */
public record OperatorRecipe<T, R>(String kind, boolean sink, TypeRule<T, R> typeRule, SpecRule<T, R> specRule) {

    /** An operator that is no sink. */
    public OperatorRecipe(String kind, TypeRule<T, R> typeRule, SpecRule<T, R> specRule) {
        this(kind, false, typeRule, specRule);
    }

    /** A sink. */
    public static <T> OperatorRecipe<T, T> ofSink(String kind, SpecRule<T, T> specRule) {
        return new OperatorRecipe<>(kind, true, input -> input, specRule);
    }

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

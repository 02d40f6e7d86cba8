package io.millrace.api.plan.builder;

import io.millrace.api.types.ResultTypeQueryable;
import io.millrace.api.types.TypeInformation;
import io.millrace.api.util.OutputTag;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Finds out what a function gives: from the generic signature of its class, or from what a lambda or method reference
 * is made of, with type variables bound from the input's type. What remains unknown is a type of values of any class.
 */
public final class FunctionTypes {

    private FunctionTypes() {}

    /**
     * The argument that {@code function} has for one of the type parameters of {@code functionInterface}.
     *
     * @param index which type parameter, from 0
     * @param known arguments that are known from the input, by their index
     * @throws io.millrace.common.core.error.MillraceException {@code TYPE_NOT_SERIALIZABLE} if the type has no
     *     serializer
     */
    public static <R> StreamType<R> argument(
            Object function, Class<?> functionInterface, int index, Map<Integer, Type> known) {
        return TypeAnalysis.of(argumentType(function, functionInterface, index, known));
    }

    /**
     * As {@link #argument}, for the parameter that is the function's result: a {@link ResultTypeQueryable} tells it
     * itself.
     */
    @SuppressWarnings("unchecked") // the result type of a function of R
    public static <R> StreamType<R> result(
            Object function, Class<?> functionInterface, int index, Map<Integer, Type> known) {
        return function instanceof ResultTypeQueryable<?> queryable
                ? StreamType.declared((TypeInformation<R>) queryable.getProducedType())
                : argument(function, functionInterface, index, known);
    }

    static Type argumentType(Object function, Class<?> functionInterface, int index, Map<Integer, Type> known) {
        TypeVariable<?>[] variables = functionInterface.getTypeParameters();
        Map<TypeVariable<?>, Type> bindings = new HashMap<>();
        Optional<LambdaTypes> lambda = LambdaTypes.of(function);
        if (lambda.isPresent()) {
            known.forEach((position, type) -> bindings.put(variables[position], type));
            Type declared = declaredArgument(function.getClass(), functionInterface, index);
            if (!(declared instanceof TypeVariable<?>)) {
                return GenericTypes.ground(declared);
            }
            lambda.get().bind(functionInterface, bindings);
            return GenericTypes.ground(GenericTypes.substitute(variables[index], bindings));
        }
        known.forEach((position, type) ->
                GenericTypes.bind(declaredArgument(function.getClass(), functionInterface, position), type, bindings));
        Type declared = declaredArgument(function.getClass(), functionInterface, index);
        return GenericTypes.ground(GenericTypes.substitute(declared, bindings));
    }

    private static Type declaredArgument(Class<?> functionClass, Class<?> functionInterface, int index) {
        return GenericTypes.argumentsFor(GenericTypes.withOwnVariables(functionClass), functionInterface)
                .map(arguments -> arguments[index])
                .orElse(functionInterface.getTypeParameters()[index]);
    }

    /** The type of a side output: given with the tag, or read from the anonymous class it is an object of. */
    public static <X> StreamType<X> ofTag(OutputTag<X> tag) {
        TypeInformation<X> declared = tag.declaredType();
        if (declared != null) {
            return StreamType.declared(declared);
        }
        return TypeAnalysis.of(GenericTypes.ground(declaredArgument(tag.getClass(), OutputTag.class, 0)));
    }
}

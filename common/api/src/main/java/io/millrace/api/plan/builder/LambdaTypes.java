package io.millrace.api.plan.builder;

import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the serialized form of a lambda or method reference says of its types: the method that implements it, whose
 * generic signature survives for method references, and the erased types it was instantiated with.
 */
final class LambdaTypes {
    private final SerializedLambda lambda;
    private final ClassLoader loader;

    private LambdaTypes(SerializedLambda lambda, ClassLoader loader) {
        this.lambda = lambda;
        this.loader = loader;
    }

    /** Empty if {@code function} is an object of an ordinary class. */
    static Optional<LambdaTypes> of(Object function) {
        Class<?> type = function.getClass();
        if (!type.isSynthetic()) {
            return Optional.empty();
        }
        return serializedForm(function).map(form -> new LambdaTypes(form, type.getClassLoader()));
    }

    /** What serialization puts in the place of a lambda; empty for other objects. */
    static Optional<SerializedLambda> serializedForm(Object function) {
        try {
            Method writeReplace = function.getClass().getDeclaredMethod("writeReplace");
            writeReplace.setAccessible(true);
            return writeReplace.invoke(function) instanceof SerializedLambda form
                    ? Optional.of(form)
                    : Optional.empty();
        } catch (ReflectiveOperationException | RuntimeException e) {
            // Not a lambda that javac made: treated like any other object.
            return Optional.empty();
        }
    }

    /**
     * Binds the variables of {@code functionInterface}, those already bound being given.
     *
     * @param bindings of the interface's variables; more are added
     */
    void bind(Class<?> functionInterface, Map<TypeVariable<?>, Type> bindings) {
        Optional<Method> single = Arrays.stream(functionInterface.getMethods())
                .filter(method -> Modifier.isAbstract(method.getModifiers()))
                .findFirst();
        if (single.isEmpty()) {
            return;
        }
        Method method = single.get();
        MethodType instantiated = MethodType.fromMethodDescriptorString(lambda.getInstantiatedMethodType(), loader);
        implementation().ifPresent(found -> bindFrom(found, method, instantiated, bindings));
        bindOne(method.getGenericReturnType(), instantiated.returnType(), bindings);
        Type[] parameters = method.getGenericParameterTypes();
        for (int i = 0; i < parameters.length && i < instantiated.parameterCount(); i++) {
            bindOne(parameters[i], instantiated.parameterType(i), bindings);
        }
    }

    /** An erased type says something only where it is the variable itself. */
    private static void bindOne(Type pattern, Class<?> erased, Map<TypeVariable<?>, Type> bindings) {
        if (pattern instanceof TypeVariable<?>) {
            GenericTypes.bind(pattern, erased, bindings);
        }
    }

    private static void bindFrom(
            Signature found, Method method, MethodType instantiated, Map<TypeVariable<?>, Type> bindings) {
        Type[] patterns = method.getGenericParameterTypes();
        int captured = found.parameters().size() - patterns.length;
        if (captured < 0) {
            return;
        }
        List<Type> parameters =
                found.parameters().subList(captured, found.parameters().size());
        Map<TypeVariable<?>, Type> own = new java.util.HashMap<>();
        for (int i = 0; i < patterns.length; i++) {
            Type known = GenericTypes.substitute(patterns[i], bindings);
            if (!(known instanceof TypeVariable<?>)) {
                GenericTypes.bind(parameters.get(i), known, own);
            }
        }
        Type result = GenericTypes.box(GenericTypes.substitute(found.result(), own));
        if (instantiated.returnType().isAssignableFrom(GenericTypes.erase(result))) {
            GenericTypes.bind(method.getGenericReturnType(), GenericTypes.ground(result), bindings);
        }
        for (int i = 0; i < patterns.length; i++) {
            if (!(patterns[i] instanceof TypeVariable<?>)) {
                Type parameter = GenericTypes.substitute(parameters.get(i), own);
                GenericTypes.bind(patterns[i], GenericTypes.ground(parameter), bindings);
            }
        }
    }

    /** The parameters, with the receiver and captured values first, and the result of a method with its generics. */
    private record Signature(List<Type> parameters, Type result) {}

    private Optional<Signature> implementation() {
        try {
            Class<?> owner = Class.forName(lambda.getImplClass().replace('/', '.'), false, loader);
            MethodType erased = MethodType.fromMethodDescriptorString(lambda.getImplMethodSignature(), loader);
            if (lambda.getImplMethodKind() == MethodHandleInfo.REF_newInvokeSpecial) {
                Constructor<?> constructor = owner.getDeclaredConstructor(erased.parameterArray());
                return Optional.of(new Signature(
                        List.of(constructor.getGenericParameterTypes()), GenericTypes.withOwnVariables(owner)));
            }
            Method method = owner.getDeclaredMethod(lambda.getImplMethodName(), erased.parameterArray());
            List<Type> parameters = new ArrayList<>();
            if (!Modifier.isStatic(method.getModifiers())) {
                parameters.add(GenericTypes.withOwnVariables(owner));
            }
            parameters.addAll(List.of(method.getGenericParameterTypes()));
            return Optional.of(new Signature(parameters, method.getGenericReturnType()));
        } catch (ReflectiveOperationException | LinkageError e) {
            // Such as a method inherited from a class of another package: the erased types must do.
            return Optional.empty();
        }
    }
}

package io.millrace.common.serde.codegen;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;

/**
 * Defines generated classes. A hidden class belongs to the loader and the nest of its host, is known to nobody by name
 * and is gone when nothing refers to it any more.
 */
public final class HiddenClasses {

    private HiddenClasses() {}

    /**
     * Defines a class beside {@code host} that may touch the private members of its nest.
     *
     * @return its only constructor, which takes an array of {@code partClass} and returns a {@code partClass}
     * @throws IllegalAccessException if the module of {@code host} is not open to this one
     */
    public static MethodHandle define(Class<?> host, byte[] code, Class<?> partClass) throws IllegalAccessException {
        Lookup inNest = MethodHandles.privateLookupIn(host, MethodHandles.lookup())
                .defineHiddenClass(code, true, Lookup.ClassOption.NESTMATE);
        MethodType type = MethodType.methodType(void.class, partClass.arrayType());
        try {
            return inNest.findConstructor(inNest.lookupClass(), type)
                    .asType(MethodType.methodType(partClass, partClass.arrayType()));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("A generated class lacks its constructor", e);
        }
    }
}

package io.millrace.api.plan.builder;

import io.millrace.api.types.TypeInformation;
import java.lang.reflect.Type;

/** From a type of the Java language to what serializers are made from. */
final class TypeAnalysis {

    private TypeAnalysis() {}

    private record AnyType<T>(Class<T> bound) implements TypeInformation<T> {
        @Override
        public Class<T> getTypeClass() {
            return bound;
        }

        @Override
        public boolean isImmutableType() {
            return false;
        }

        @Override
        public String describe() {
            return bound.getSimpleName();
        }
    }

    @SuppressWarnings("unchecked")
    static <T> StreamType<T> of(Type type) {
        Class<T> erased = (Class<T>) GenericTypes.erase(type);
        boolean plain =
                erased.getName().startsWith("java.lang.") && java.lang.reflect.Modifier.isFinal(erased.getModifiers());
        return new StreamType<>(plain ? TypeInformation.of(erased) : new AnyType<>(erased), type);
    }

    /** Values of any class, each keeping its own. */
    static <T> StreamType<T> anything() {
        return of(Object.class);
    }
}

package io.millrace.api.plan.builder;

import io.millrace.api.types.DynamicType;
import io.millrace.api.types.TypeExtractor;
import io.millrace.api.types.TypeInformation;
import java.lang.reflect.Type;

/** From a type of the Java language to what serializers are made from. */
final class TypeAnalysis {

    private TypeAnalysis() {}

    /**
     * @param type without type variables
     * @throws io.millrace.common.core.error.MillraceException {@code TYPE_NOT_SERIALIZABLE}
     */
    @SuppressWarnings("unchecked") // the caller knows T from the signature that the type was found in
    static <T> StreamType<T> of(Type type) {
        return new StreamType<>((TypeInformation<T>) TypeExtractor.forType(type), type);
    }

    /** Values of any class, each keeping its own. */
    @SuppressWarnings("unchecked") // every T is an Object
    static <T> StreamType<T> anything() {
        return (StreamType<T>) new StreamType<>(new DynamicType<>(Object.class), Object.class);
    }
}

package io.millrace.api.plan.builder;

import io.millrace.api.types.TypeInformation;
import java.lang.reflect.Type;

/**
 * What is known of the elements of a stream.
 *
 * @param information what serializers are made from
 * @param javaType the same as the Java language writes it, for binding the type variables of generic functions; without
 *     variables of its own
 */
public record StreamType<T>(TypeInformation<T> information, Type javaType) {

    /** A type given by the user. */
    public static <T> StreamType<T> declared(TypeInformation<T> information) {
        return new StreamType<>(information, JavaTypes.of(information));
    }
}

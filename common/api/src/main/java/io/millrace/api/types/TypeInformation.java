package io.millrace.api.types;

import java.io.Serializable;

/**
 * The type of elements, keys or state: what serializers, copiers and key hashes are generated from. Immutable, compared
 * by content; travels with the job graph.
 */
public interface TypeInformation<T> extends Serializable {

    Class<T> getTypeClass();

    /** Whether values may be shared between tasks instead of copied. */
    boolean isImmutableType();

    /** The type as people write it: {@code Tuple2<String, Integer>}. */
    String describe();

    /**
     * The type of a class.
     *
     * @throws io.millrace.common.core.error.MillraceException {@code TYPE_NOT_SERIALIZABLE} with the field path that
     *     has no serializer and the ways out
     */
    static <T> TypeInformation<T> of(Class<T> typeClass) {
        return TypeExtractor.forClass(typeClass);
    }
}

package io.millrace.api.types;

import java.io.Serializable;

/**
 * The type of elements, keys or state: what serializers, copiers and key hashes are generated from. Immutable, compared
 * by content; travels with the job graph. Records and classes are named, not spelled out: their fields are read from
 * the class wherever they are asked for, so a type may contain itself.
 */
public sealed interface TypeInformation<T> extends Serializable
        permits BasicType,
                EnumType,
                PrimitiveArrayType,
                ObjectArrayType,
                CollectionType,
                MapType,
                OptionalType,
                CompositeType,
                SealedType,
                DynamicType,
                CustomType {

    Class<T> getTypeClass();

    /**
     * Whether values may be shared between tasks instead of copied: nothing reachable from one ever changes. True for
     * boxed primitives, strings, enums, java.time and records of such; false for tuples, classes with setters,
     * collections, arrays.
     */
    default boolean isImmutableType() {
        return Immutability.isImmutable(this);
    }

    /** The type as people write it: {@code Tuple2<String, Integer>}. */
    String describe();

    /** Calls the case of {@code cases} that this type is. */
    <R> R match(Cases<R> cases);

    /** One method for each member of the family, so that a new member breaks every handler at compile time. */
    interface Cases<R> {
        R basic(BasicType<?> type);

        R enumeration(EnumType<?> type);

        R primitiveArray(PrimitiveArrayType<?> type);

        R objectArray(ObjectArrayType<?> type);

        R collection(CollectionType<?> type);

        R map(MapType<?> type);

        R optional(OptionalType<?> type);

        R composite(CompositeType<?> type);

        R sealed(SealedType<?> type);

        R dynamic(DynamicType<?> type);

        R custom(CustomType<?> type);
    }

    /**
     * The type of a class. Type parameters of a generic class are taken as dynamic: {@link TypeHint} keeps them.
     *
     * @throws io.millrace.common.core.error.MillraceException {@code TYPE_NOT_SERIALIZABLE} with the field path that
     *     has no serializer and the ways out
     */
    static <T> TypeInformation<T> of(Class<T> typeClass) {
        return TypeExtractor.forClass(typeClass);
    }

    /** The type of a hint, generic arguments included: {@code of(new TypeHint<List<String>>() {})}. */
    static <T> TypeInformation<T> of(TypeHint<T> hint) {
        return hint.getTypeInfo();
    }
}

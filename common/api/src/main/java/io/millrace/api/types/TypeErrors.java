package io.millrace.api.types;

import io.millrace.common.core.error.ErrorCode;

/** What can be wrong with a type or a value of it. */
public enum TypeErrors implements ErrorCode {
    /** A type, or the type of one of its fields, has no serializer. */
    TYPE_NOT_SERIALIZABLE,
    /** A null where elements, keys or fields must not be null. */
    NULL_VALUE,
    /** A type without content equality is used as a key. */
    TYPE_NOT_A_KEY,
    /** A value contains values of its own type, one in the other, deeper than the limit. */
    VALUE_NESTED_TOO_DEEP,
    /** A value or a string with more bytes than an array can hold. */
    VALUE_TOO_LARGE,
    /** Bytes that no serializer of this type has written. */
    VALUE_DAMAGED
}

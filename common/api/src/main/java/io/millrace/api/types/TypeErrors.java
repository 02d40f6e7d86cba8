package io.millrace.api.types;

import io.millrace.common.core.error.ErrorCode;

/** What can be wrong with a type. */
public enum TypeErrors implements ErrorCode {
    /** A type, or the type of one of its fields, has no serializer. */
    TYPE_NOT_SERIALIZABLE,
    /** A null where elements, keys or fields must not be null. */
    NULL_VALUE,
    /** A type without content equality is used as a key. */
    TYPE_NOT_A_KEY
}

package io.millrace.common.serde;

import io.millrace.api.types.TypeSerializer;

/** A serializer of values that never change and are shared instead of copied. Keeps nothing. */
abstract class ImmutableSerializer<T> extends TypeSerializer<T> {

    @Override
    public final boolean isImmutableType() {
        return true;
    }

    @Override
    public final T copy(T value) {
        return value;
    }
}

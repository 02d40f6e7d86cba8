package io.millrace.api.tuple;

import org.jspecify.annotations.Nullable;

/** No fields: there is one value. */
public final class Tuple0 extends Tuple {
    private static final long serialVersionUID = 1L;

    public static final Tuple0 INSTANCE = new Tuple0();

    @Override
    public Tuple0 copy() {
        return this;
    }

    @Override
    public int getArity() {
        return 0;
    }

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals")
    public <T> T getField(int position) {
        throw noField(position);
    }

    @Override
    public <T> void setField(T value, int position) {
        throw noField(position);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Tuple0;
    }

    @Override
    public int hashCode() {
        return 0;
    }
}

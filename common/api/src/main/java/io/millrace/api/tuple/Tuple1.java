package io.millrace.api.tuple;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One field. */
public final class Tuple1<T0> extends Tuple {
    private static final long serialVersionUID = 1L;

    public T0 f0;

    /** All fields null, to be set afterwards. */
    public Tuple1() {}

    public Tuple1(T0 f0) {
        this.f0 = f0;
    }

    public static <T0> Tuple1<T0> of(T0 f0) {
        return new Tuple1<>(f0);
    }

    public void setFields(T0 f0) {
        this.f0 = f0;
    }

    /** A tuple of the same fields, which are not copied. */
    @Override
    public Tuple1<T0> copy() {
        return new Tuple1<>(f0);
    }

    @Override
    public int getArity() {
        return 1;
    }

    @Override
    @SuppressWarnings({"TypeParameterUnusedInFormals", "unchecked"})
    public <T> T getField(int position) {
        return switch (position) {
            case 0 -> (T) f0;
            default -> throw noField(position);
        };
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> void setField(T value, int position) {
        switch (position) {
            case 0 -> f0 = (T0) value;
            default -> throw noField(position);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Tuple1<?> that && Objects.equals(f0, that.f0);
    }

    @Override
    public int hashCode() {
        int result = Objects.hashCode(f0);
        return result;
    }
}

package io.millrace.api.tuple;

import java.io.Serializable;
import java.lang.reflect.Array;
import org.jspecify.annotations.Nullable;

/**
 * A fixed number of fields of different types, {@code f0}, {@code f1} and so on. Compared by content, shown as
 * {@code (a,b)}. Fields may be changed; an element that was emitted must not be changed any more.
 */
public abstract sealed class Tuple implements Serializable
        permits Tuple0,
                Tuple1,
                Tuple2,
                Tuple3,
                Tuple4,
                Tuple5,
                Tuple6,
                Tuple7,
                Tuple8,
                Tuple9,
                Tuple10,
                Tuple11,
                Tuple12,
                Tuple13,
                Tuple14,
                Tuple15,
                Tuple16,
                Tuple17,
                Tuple18,
                Tuple19,
                Tuple20,
                Tuple21,
                Tuple22,
                Tuple23,
                Tuple24,
                Tuple25 {
    private static final long serialVersionUID = 1L;

    /** The most fields a tuple has. */
    public static final int MAX_ARITY = 25;

    Tuple() {}

    /** The number of fields. */
    public abstract int getArity();

    /**
     * @param position from 0
     * @throws IndexOutOfBoundsException if there is no such field
     */
    @SuppressWarnings("TypeParameterUnusedInFormals")
    public abstract <T> T getField(int position);

    /**
     * @param position from 0
     * @throws IndexOutOfBoundsException if there is no such field
     */
    public abstract <T> void setField(T value, int position);

    /** A tuple of the same fields, which are not copied. */
    public abstract Tuple copy();

    /** The fields in parentheses, divided by commas; arrays with their elements. */
    @Override
    public final String toString() {
        StringBuilder text = new StringBuilder(32).append('(');
        for (int i = 0; i < getArity(); i++) {
            if (i > 0) {
                text.append(',');
            }
            Object field = getField(i);
            append(text, field);
        }
        return text.append(')').toString();
    }

    final IndexOutOfBoundsException noField(int position) {
        return new IndexOutOfBoundsException(
                "A tuple of " + getArity() + " fields has no field " + position + "; the first one is 0");
    }

    private static void append(StringBuilder text, @Nullable Object field) {
        if (field == null || !field.getClass().isArray()) {
            text.append(field);
            return;
        }
        text.append('[');
        for (int i = 0; i < Array.getLength(field); i++) {
            if (i > 0) {
                text.append(", ");
            }
            append(text, Array.get(field, i));
        }
        text.append(']');
    }
}

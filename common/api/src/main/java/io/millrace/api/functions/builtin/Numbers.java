package io.millrace.api.functions.builtin;

import io.millrace.api.ApiErrors;
import io.millrace.common.core.error.Problem;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;

/** Sums of boxed numbers. Numbers of different types are added in the wider one, as in the Java language. */
final class Numbers {
    /** From narrow to wide. */
    private static final List<Class<?>> WIDTHS =
            List.of(Byte.class, Short.class, Integer.class, Long.class, Float.class, Double.class);

    private Numbers() {}

    /** Whether values of the class can be summed up. */
    static boolean isSummable(Class<?> type) {
        return WIDTHS.contains(type) || type == BigInteger.class || type == BigDecimal.class;
    }

    /** Zero as a number of the class; a zero that takes the type of what is added to it for {@code Number}. */
    static Number zero(Class<?> type) {
        if (type == BigInteger.class) {
            return BigInteger.ZERO;
        }
        return type == BigDecimal.class ? BigDecimal.ZERO : narrow(0L, type);
    }

    static Number add(Number a, Number b) {
        if (a instanceof Long x && b instanceof Long y) {
            return x + y;
        }
        if (a instanceof Integer x && b instanceof Integer y) {
            return x + y;
        }
        if (a instanceof Double x && b instanceof Double y) {
            return x + y;
        }
        return addOthers(a, b);
    }

    private static Number addOthers(Number a, Number b) {
        if (a instanceof BigDecimal || b instanceof BigDecimal) {
            return decimal(a).add(decimal(b));
        }
        if (a instanceof BigInteger x && b instanceof BigInteger y) {
            return x.add(y);
        }
        if (a instanceof BigInteger || b instanceof BigInteger) {
            return decimal(a).add(decimal(b)).toBigInteger();
        }
        Class<?> wider = width(a) >= width(b) ? a.getClass() : b.getClass();
        if (wider == Double.class) {
            return a.doubleValue() + b.doubleValue();
        }
        if (wider == Float.class) {
            return a.floatValue() + b.floatValue();
        }
        return narrow(a.longValue() + b.longValue(), wider);
    }

    private static Number narrow(long value, Class<?> type) {
        if (type == Long.class) {
            return value;
        }
        if (type == Integer.class) {
            return (int) value;
        }
        if (type == Short.class) {
            return (short) value;
        }
        if (type == Double.class) {
            return (double) value;
        }
        return type == Float.class ? (Number) (float) value : (Number) (byte) value;
    }

    private static int width(Number number) {
        int width = WIDTHS.indexOf(number.getClass());
        if (width < 0) {
            throw Problem.of(
                            ApiErrors.FIELD_NOT_SUMMABLE,
                            "Numbers of " + number.getClass().getName() + " cannot be summed up")
                    .fix("Sum up a Byte, Short, Integer, Long, Float, Double, BigInteger or BigDecimal")
                    .asException();
        }
        return width;
    }

    private static BigDecimal decimal(Number number) {
        if (number instanceof BigDecimal decimal) {
            return decimal;
        }
        return number instanceof BigInteger integer ? new BigDecimal(integer) : new BigDecimal(number.toString());
    }
}

package io.millrace.common.core.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Reads and writes numbers with units. */
public final class Quantities {
    private static final Map<String, Long> NANOS = new LinkedHashMap<>();
    private static final Map<String, Long> BYTES = new LinkedHashMap<>();

    static {
        NANOS.put("ns", 1L);
        NANOS.put("us", 1_000L);
        NANOS.put("ms", 1_000_000L);
        NANOS.put("s", 1_000_000_000L);
        NANOS.put("sec", 1_000_000_000L);
        NANOS.put("min", 60_000_000_000L);
        NANOS.put("m", 60_000_000_000L);
        NANOS.put("h", 3_600_000_000_000L);
        NANOS.put("d", 86_400_000_000_000L);
        BYTES.put("b", 1L);
        for (String kilo : new String[] {"k", "kb", "kib"}) {
            BYTES.put(kilo, 1L << 10);
        }
        for (String mega : new String[] {"m", "mb", "mib"}) {
            BYTES.put(mega, 1L << 20);
        }
        for (String giga : new String[] {"g", "gb", "gib"}) {
            BYTES.put(giga, 1L << 30);
        }
    }

    private Quantities() {}

    /** Reads {@code 100ms}, {@code 1.5 s}, {@code 2min}, {@code 1h}, {@code 1d}. */
    public static Duration parseDuration(String text) {
        return Duration.ofNanos(parse(text, NANOS, "ms, s, min, h or d"));
    }

    /** Reads {@code 64m}, {@code 1.5g}, {@code 32768b}; a kilobyte has 1,024 bytes. */
    public static long parseBytes(String text) {
        return parse(text, BYTES, "b, k, m or g");
    }

    private static long parse(String text, Map<String, Long> units, String unitNames) {
        String trimmed = text.trim().toLowerCase(Locale.ROOT);
        int digits = 0;
        while (digits < trimmed.length()
                && (Character.isDigit(trimmed.charAt(digits)) || trimmed.charAt(digits) == '.')) {
            digits++;
        }
        String unit = trimmed.substring(digits).trim();
        Long factor = units.get(unit);
        if (digits == 0 || factor == null) {
            throw new IllegalArgumentException("'" + text + "' " + fault(digits, unit) + "; use " + unitNames);
        }
        try {
            return new BigDecimal(trimmed.substring(0, digits))
                    .multiply(BigDecimal.valueOf(factor))
                    .toBigInteger()
                    .longValueExact();
        } catch (NumberFormatException | ArithmeticException e) {
            throw new IllegalArgumentException("'" + text + "' is not a number in range", e);
        }
    }

    private static String fault(int digits, String unit) {
        if (digits == 0) {
            return "does not start with a number";
        }
        return unit.isEmpty() ? "has no unit" : "has the unknown unit '" + unit + "'";
    }

    /** A number of bytes as people write it: {@code 64m}, {@code 1.5g}. */
    public static String formatBytes(long bytes) {
        if (bytes >= 1L << 30 && bytes % (1L << 30) == 0) {
            return (bytes >> 30) + "g";
        }
        if (bytes >= 1L << 20 && bytes % (1L << 20) == 0) {
            return (bytes >> 20) + "m";
        }
        if (bytes >= 1L << 10 && bytes % (1L << 10) == 0) {
            return (bytes >> 10) + "k";
        }
        return bytes + "b";
    }
}

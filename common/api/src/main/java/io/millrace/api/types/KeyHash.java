package io.millrace.api.types;

/**
 * The functions that key hashes are made of, fixed in {@code docs/protocol/key-hash.md}. A change moves keys between
 * key groups and makes old snapshots unreadable, so there is none. Pure functions; any thread.
 */
public final class KeyHash {
    /** The hash of a field that is null and of an empty optional. */
    public static final int OF_NULL = 0x2C1B3C6D;

    private KeyHash() {}

    /**
     * Spreads every bit over all 32: the two-round multiply and shift of the "lowbias32" search by Chris Wellons. A
     * bijection.
     */
    public static int mix(int value) {
        int h = value;
        h = (h ^ (h >>> 16)) * 0x7FEB352D;
        h = (h ^ (h >>> 15)) * 0x846CA68B;
        return h ^ (h >>> 16);
    }

    /** The hash of a list of parts so far, extended by the hash of the next part; starts with the number of parts. */
    public static int combine(int soFar, int next) {
        return mix(31 * soFar + next);
    }

    public static int ofInt(int value) {
        return mix(value);
    }

    /** The high half of SplitMix64's finalizer (variant 13 of David Stafford's mixers). */
    public static int ofLong(long value) {
        long h = value;
        h = (h ^ (h >>> 30)) * 0xBF58476D1CE4E5B9L;
        h = (h ^ (h >>> 27)) * 0x94D049BB133111EBL;
        return (int) ((h ^ (h >>> 31)) >>> 32);
    }

    public static int ofBoolean(boolean value) {
        return mix(value ? 1 : 0);
    }

    /** One hash for every NaN, and one for 0.0 and -0.0. */
    public static int ofDouble(double value) {
        return ofLong(value == 0 ? 0 : Double.doubleToLongBits(value));
    }

    /** One hash for every NaN, and one for 0.0f and -0.0f. */
    public static int ofFloat(float value) {
        return mix(value == 0 ? 0 : Float.floatToIntBits(value));
    }

    /**
     * From {@link String#hashCode}, whose formula the Java specification fixes and which a string keeps once computed.
     */
    public static int ofString(String value) {
        return mix(value.hashCode());
    }

    /** Equality that fits {@link #ofDouble}. */
    public static boolean equal(double a, double b) {
        return a == b || (Double.isNaN(a) && Double.isNaN(b));
    }

    /** Equality that fits {@link #ofFloat}. */
    public static boolean equal(float a, float b) {
        return a == b || (Float.isNaN(a) && Float.isNaN(b));
    }
}

package io.millrace.client.examples.loganalysis.traffic;

/**
 * Chance as a pure function: the same seed and coordinates always give the same 64 well-mixed bits (the finalizer of
 * SplitMix64, Steele, Lea and Flood 2014). So any event can be made without making those before it.
 */
final class SeededHash {
    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

    private SeededHash() {}

    static long of(long seed, long a, long b) {
        return mix(mix(mix(seed + GOLDEN_GAMMA) + a * GOLDEN_GAMMA) + b * GOLDEN_GAMMA);
    }

    /** Another value from the same hash; {@code purpose} tells the uses of one hash apart. */
    static long derive(long hash, int purpose) {
        return mix(hash + purpose * GOLDEN_GAMMA);
    }

    /** A number from 0 up to {@code bound}, for small bounds as good as uniform. */
    static int below(long hash, int bound) {
        return (int) Long.remainderUnsigned(hash, bound);
    }

    private static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}

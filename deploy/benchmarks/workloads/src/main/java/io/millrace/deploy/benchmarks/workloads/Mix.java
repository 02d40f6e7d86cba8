package io.millrace.deploy.benchmarks.workloads;

/** The finalizer of SplitMix64 (Steele, Lea, Flood, 2014): a cheap bijection that spreads every bit. */
public final class Mix {

    private Mix() {}

    /** Spreads the bits of {@code value}. */
    public static long mix(long value) {
        long z = value + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}

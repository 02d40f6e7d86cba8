package io.millrace.deploy.benchmarks.workloads;

/** Digest of an output line. */
public final class TextDigest {

    private TextDigest() {}

    /** Depends on every character. */
    public static long digest(String text) {
        return Mix.mix(text.hashCode() * 31L + text.length());
    }
}

package io.millrace.common.core.id;

/** Identifies one submitted job for ever. Drawn by the client, so that repeating a submission is harmless. */
public record JobId(long mostSignificant, long leastSignificant) implements Comparable<JobId> {

    /** Reads the 32 hexadecimal digits that {@link #toString} writes. */
    public static JobId parse(String text) {
        if (text.length() != 32) {
            throw new IllegalArgumentException("A job id has 32 hexadecimal digits, found '" + text + "'");
        }
        return new JobId(Long.parseUnsignedLong(text, 0, 16, 16), Long.parseUnsignedLong(text, 16, 32, 16));
    }

    @Override
    public int compareTo(JobId other) {
        int high = Long.compareUnsigned(mostSignificant, other.mostSignificant);
        return high != 0 ? high : Long.compareUnsigned(leastSignificant, other.leastSignificant);
    }

    @Override
    public String toString() {
        return String.format("%016x%016x", mostSignificant, leastSignificant);
    }
}

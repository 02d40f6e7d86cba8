package io.millrace.common.core.id;

/** The number of one leadership of a JobManager. Grows with each leader; messages of a lower epoch are fenced. */
public record Epoch(long number) implements Comparable<Epoch> {

    public Epoch {
        if (number < 0) {
            throw new IllegalArgumentException("An epoch is not negative, found " + number);
        }
    }

    public boolean isOlderThan(Epoch other) {
        return number < other.number;
    }

    @Override
    public int compareTo(Epoch other) {
        return Long.compare(number, other.number);
    }
}

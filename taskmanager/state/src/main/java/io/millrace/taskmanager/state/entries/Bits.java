package io.millrace.taskmanager.state.entries;

import java.util.Arrays;

/** A growing set of small numbers, a bit each. */
public final class Bits {
    public static final int NONE = -1;

    private long[] words = new long[1];

    public boolean has(int number) {
        int word = number >>> 6;
        return word < words.length && (words[word] & 1L << number) != 0;
    }

    /** @return whether it was absent before */
    public boolean add(int number) {
        int word = number >>> 6;
        if (word >= words.length) {
            words = Arrays.copyOf(words, Math.max(2 * words.length, word + 1));
        }
        long bit = 1L << number;
        boolean added = (words[word] & bit) == 0;
        words[word] |= bit;
        return added;
    }

    /** @return whether it was there before */
    public boolean remove(int number) {
        if (!has(number)) {
            return false;
        }
        words[number >>> 6] &= ~(1L << number);
        return true;
    }

    public void addAll(Bits others) {
        if (others.words.length > words.length) {
            words = Arrays.copyOf(words, others.words.length);
        }
        for (int i = 0; i < others.words.length; i++) {
            words[i] |= others.words[i];
        }
    }

    /** The smallest number in the set that is not below {@code from}, or {@link #NONE}. */
    public int next(int from) {
        int word = from >>> 6;
        if (word >= words.length) {
            return NONE;
        }
        long rest = words[word] & -1L << from;
        while (rest == 0) {
            if (++word == words.length) {
                return NONE;
            }
            rest = words[word];
        }
        return (word << 6) + Long.numberOfTrailingZeros(rest);
    }

    /** How many numbers are in the set. */
    public int count() {
        int sum = 0;
        for (long word : words) {
            sum += Long.bitCount(word);
        }
        return sum;
    }
}

package io.millrace.taskmanager.state.heap;

import java.util.Arrays;

/** A growing set of small numbers, a bit each. */
final class Bits {
    static final int NONE = -1;

    private long[] words = new long[1];

    boolean has(int number) {
        int word = number >>> 6;
        return word < words.length && (words[word] & 1L << number) != 0;
    }

    /** @return whether it was absent before */
    boolean add(int number) {
        int word = number >>> 6;
        if (word >= words.length) {
            words = Arrays.copyOf(words, Column.grownLength(words.length, word));
        }
        long bit = 1L << number;
        boolean added = (words[word] & bit) == 0;
        words[word] |= bit;
        return added;
    }

    /** @return whether it was there before */
    boolean remove(int number) {
        if (!has(number)) {
            return false;
        }
        words[number >>> 6] &= ~(1L << number);
        return true;
    }

    void addAll(Bits others) {
        if (others.words.length > words.length) {
            words = Arrays.copyOf(words, others.words.length);
        }
        for (int i = 0; i < others.words.length; i++) {
            words[i] |= others.words[i];
        }
    }

    /** The smallest number in the set that is not below {@code from}, or {@link #NONE}. */
    int next(int from) {
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
    int count() {
        int sum = 0;
        for (long word : words) {
            sum += Long.bitCount(word);
        }
        return sum;
    }
}

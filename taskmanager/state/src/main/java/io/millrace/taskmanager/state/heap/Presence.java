package io.millrace.taskmanager.state.heap;

import java.util.Arrays;

/** Which entries of a primitive column have a value. */
final class Presence {
    private long[] words = new long[1];

    boolean has(int entry) {
        int word = entry >>> 6;
        return word < words.length && (words[word] & 1L << entry) != 0;
    }

    /** @return whether it was absent before */
    boolean add(int entry) {
        int word = entry >>> 6;
        if (word >= words.length) {
            words = Arrays.copyOf(words, Column.grownLength(words.length, word));
        }
        long bit = 1L << entry;
        boolean added = (words[word] & bit) == 0;
        words[word] |= bit;
        return added;
    }

    /** @return whether it was there before */
    boolean remove(int entry) {
        if (!has(entry)) {
            return false;
        }
        words[entry >>> 6] &= ~(1L << entry);
        return true;
    }
}

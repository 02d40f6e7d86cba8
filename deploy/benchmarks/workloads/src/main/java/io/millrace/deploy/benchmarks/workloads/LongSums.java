package io.millrace.deploy.benchmarks.workloads;

import java.util.Arrays;

/** Sums by key in an open-addressing table of primitives that never shrinks. The key {@link Long#MIN_VALUE} is free. */
final class LongSums {

    private static final long FREE = Long.MIN_VALUE;

    private long[] keys = emptyKeys(1 << 16);
    private long[] sums = new long[keys.length];
    private int size;

    /** Adds to the key's sum and returns the new sum. */
    long add(long key, long amount) {
        int slot = slot(keys, key);
        if (keys[slot] == FREE) {
            if (size * 2 >= keys.length) {
                grow();
                slot = slot(keys, key);
            }
            keys[slot] = key;
            size++;
        }
        sums[slot] += amount;
        return sums[slot];
    }

    private void grow() {
        long[] oldKeys = keys;
        long[] oldSums = sums;
        keys = emptyKeys(oldKeys.length * 2);
        sums = new long[keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != FREE) {
                int slot = slot(keys, oldKeys[i]);
                keys[slot] = oldKeys[i];
                sums[slot] = oldSums[i];
            }
        }
    }

    private static int slot(long[] keys, long key) {
        int mask = keys.length - 1;
        int slot = (int) Mix.mix(key) & mask;
        while (keys[slot] != FREE && keys[slot] != key) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private static long[] emptyKeys(int length) {
        long[] keys = new long[length];
        Arrays.fill(keys, FREE);
        return keys;
    }
}

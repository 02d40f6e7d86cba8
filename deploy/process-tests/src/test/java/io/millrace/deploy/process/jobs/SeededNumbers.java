package io.millrace.deploy.process.jobs;

import java.io.Serializable;

/**
 * Records by number: each key once per round, in an order of the round's own, so that a record's place among those of
 * its key is the number of its round. The same seed gives the same records, whoever asks.
 *
 * @param seed of all that is chance
 */
record SeededNumbers(long seed) implements Serializable {
    static final int KEYS = 50;
    /** How far a record may be behind the newest before it is late. */
    static final long OUT_OF_ORDER_MS = 40;

    /**
     * One of them.
     *
     * @param sequence its place among those of its key, from 0
     * @param timeMs event time
     */
    record Numbered(long key, long sequence, long timeMs) {}

    Numbered of(long number) {
        long round = number / KEYS;
        // A step without a factor in common with the number of keys visits each of them once.
        long step = new long[] {1, 3, 7, 9, 11, 13, 17, 19, 21, 23}[(int) (hash(round) % 10)];
        long key = (hash(~round) % KEYS + number % KEYS * step) % KEYS;
        return new Numbered(key, round, timeOf(number));
    }

    /** About a millisecond per number; one of 97 is 90 ms older than that, and so is late. */
    long timeOf(long number) {
        return isOld(number) ? number - 90 : number + hash(number) % 10;
    }

    private boolean isOld(long number) {
        return number >= 97 && hash(number) % 97 == 0;
    }

    /** @return not negative */
    private long hash(long number) {
        long mixed = (number + seed) * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return (mixed ^ mixed >>> 31) >>> 1;
    }
}

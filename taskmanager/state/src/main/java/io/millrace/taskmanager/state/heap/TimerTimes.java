package io.millrace.taskmanager.state.heap;

import java.util.Arrays;

/**
 * The distinct times at which a queue has timers, each with a small number that is stable while the time is there and
 * reused afterwards. A binary heap that carries the times themselves, so that sifting reads two neighbours and not two
 * strangers, and a hash table from time to number.
 */
final class TimerTimes {
    static final int ABSENT = -1;

    /** Per number: the time and its place in the heap. */
    private long[] times = new long[16];

    private int[] places = new int[16];
    private int limit;
    private int[] free = new int[16];
    private int freeCount;

    private long[] heapTimes = new long[16];
    private int[] heapNumbers = new int[16];
    private int size;

    /** Number plus one by hash of the time; 0 is empty. Linear probing, deletion by shifting back. */
    private int[] buckets = new int[32];

    /** The number found last; timers of one time come together. */
    private int recent = ABSENT;

    private long recentTime;

    /** The earliest time; {@code Long.MAX_VALUE} if there is none or none before that. */
    long first() {
        return size == 0 ? Long.MAX_VALUE : heapTimes[0];
    }

    /** The number of the earliest time, or {@link #ABSENT}. */
    int firstNumber() {
        return size == 0 ? ABSENT : heapNumbers[0];
    }

    /** The time of a number in use. */
    long time(int number) {
        return times[number];
    }

    /** Numbers are below this. */
    int limit() {
        return limit;
    }

    /** The number of {@code time}, or {@link #ABSENT}. */
    int find(long time) {
        if (recent != ABSENT && recentTime == time) {
            return recent;
        }
        int bucket = bucketOf(time);
        if (buckets[bucket] == 0) {
            return ABSENT;
        }
        recent = buckets[bucket] - 1;
        recentTime = time;
        return recent;
    }

    /** Adds a time that is not there. @return its number */
    int add(long time) {
        if (2 * (size + 1) > buckets.length) {
            growBuckets();
        }
        int number = allocate();
        times[number] = time;
        buckets[bucketOf(time)] = number + 1;
        if (size == heapTimes.length) {
            heapTimes = Arrays.copyOf(heapTimes, 2 * size);
            heapNumbers = Arrays.copyOf(heapNumbers, 2 * size);
        }
        siftUp(size++, time, number);
        recent = number;
        recentTime = time;
        return number;
    }

    /** Removes the time of a number. */
    void remove(int number) {
        removeFromBuckets(bucketOf(times[number]));
        int place = places[number];
        size--;
        if (place < size) {
            long time = heapTimes[size];
            int moved = heapNumbers[size];
            siftDown(place, time, moved);
            siftUp(places[moved], time, moved);
        }
        free[freeCount++] = number;
        if (recent == number) {
            recent = ABSENT;
        }
    }

    private int allocate() {
        if (freeCount > 0) {
            return free[--freeCount];
        }
        if (limit == times.length) {
            int length = 2 * limit;
            times = Arrays.copyOf(times, length);
            places = Arrays.copyOf(places, length);
            free = Arrays.copyOf(free, length);
        }
        return limit++;
    }

    private void siftUp(int start, long time, int number) {
        int at = start;
        while (at > 0) {
            int parent = (at - 1) >>> 1;
            if (time >= heapTimes[parent]) {
                break;
            }
            put(at, heapTimes[parent], heapNumbers[parent]);
            at = parent;
        }
        put(at, time, number);
    }

    private void siftDown(int start, long time, int number) {
        int at = start;
        for (int child = 2 * at + 1; child < size; child = 2 * at + 1) {
            if (child + 1 < size && heapTimes[child + 1] < heapTimes[child]) {
                child++;
            }
            if (heapTimes[child] >= time) {
                break;
            }
            put(at, heapTimes[child], heapNumbers[child]);
            at = child;
        }
        put(at, time, number);
    }

    private void put(int place, long time, int number) {
        heapTimes[place] = time;
        heapNumbers[place] = number;
        places[number] = place;
    }

    private int home(long time) {
        long mixed = time * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32) & (buckets.length - 1);
    }

    /** The bucket of {@code time}, or the empty one where it belongs. */
    private int bucketOf(long time) {
        int mask = buckets.length - 1;
        int at = home(time);
        while (buckets[at] != 0 && times[buckets[at] - 1] != time) {
            at = (at + 1) & mask;
        }
        return at;
    }

    private void removeFromBuckets(int bucket) {
        int mask = buckets.length - 1;
        int hole = bucket;
        for (int at = (hole + 1) & mask; buckets[at] != 0; at = (at + 1) & mask) {
            int home = home(times[buckets[at] - 1]);
            if (((at - home) & mask) >= ((at - hole) & mask)) {
                buckets[hole] = buckets[at];
                hole = at;
            }
        }
        buckets[hole] = 0;
    }

    private void growBuckets() {
        buckets = new int[2 * buckets.length];
        for (int i = 0; i < size; i++) {
            buckets[bucketOf(heapTimes[i])] = heapNumbers[i] + 1;
        }
    }
}

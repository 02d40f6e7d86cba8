package io.millrace.taskmanager.state.heap;

import io.millrace.taskmanager.state.TimerQueue;
import java.util.Arrays;

/**
 * Timers as numbers in plain arrays: a binary heap by (time, order of registration) that knows each timer's place in
 * it, and a hash table by (key entry, time) that finds duplicates and timers to delete. No object per timer.
 */
final class HeapTimerQueue<K> implements TimerQueue {
    private static final int NONE = -1;

    private final HeapKeyTable<K> table;

    /** Per timer: its time, its key's entry, its number in order of registration, its place in the heap. */
    private long[] times = new long[16];

    private int[] entries = new int[16];
    private long[] orders = new long[16];
    private int[] places = new int[16];
    private int timerLimit;
    private int[] freeTimers = new int[16];
    private int freeCount;

    private int[] heap = new int[16];
    private int size;
    private long nextOrder;

    /** Timer number plus one by hash of (entry, time); 0 is empty. */
    private int[] buckets = new int[32];

    private long firedTime = Long.MIN_VALUE;

    HeapTimerQueue(HeapKeyTable<K> table) {
        this.table = table;
    }

    @Override
    public void register(long time) {
        int entry = table.entryForWrite();
        if (findBucket(entry, time) >= 0) {
            return;
        }
        table.retain(entry);
        int timer = allocate();
        times[timer] = time;
        entries[timer] = entry;
        orders[timer] = nextOrder++;
        if (2 * (size + 1) > buckets.length) {
            growBuckets();
        }
        addToBuckets(timer);
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, 2 * size);
        }
        heap[size] = timer;
        places[timer] = size;
        size++;
        siftUp(size - 1);
    }

    @Override
    public void delete(long time) {
        int entry = table.entry();
        if (entry < 0) {
            return;
        }
        int bucket = findBucket(entry, time);
        if (bucket >= 0) {
            int timer = buckets[bucket] - 1;
            removeFromHeap(places[timer]);
            forget(timer, bucket);
            table.release(entry);
        }
    }

    @Override
    public long nextTime() {
        return size == 0 ? Long.MAX_VALUE : times[heap[0]];
    }

    @Override
    public boolean pollDue(long upTo) {
        if (size == 0 || times[heap[0]] > upTo) {
            return false;
        }
        int timer = heap[0];
        int entry = entries[timer];
        firedTime = times[timer];
        table.setCurrentEntry(entry);
        removeFromHeap(0);
        forget(timer, findBucket(entry, firedTime));
        table.release(entry);
        return true;
    }

    @Override
    public long firedTime() {
        return firedTime;
    }

    @Override
    public int size() {
        return size;
    }

    private int allocate() {
        if (freeCount > 0) {
            return freeTimers[--freeCount];
        }
        if (timerLimit == times.length) {
            int length = 2 * timerLimit;
            times = Arrays.copyOf(times, length);
            entries = Arrays.copyOf(entries, length);
            orders = Arrays.copyOf(orders, length);
            places = Arrays.copyOf(places, length);
            freeTimers = Arrays.copyOf(freeTimers, length);
        }
        return timerLimit++;
    }

    private void forget(int timer, int bucket) {
        removeFromBuckets(bucket);
        places[timer] = NONE;
        freeTimers[freeCount++] = timer;
    }

    // The heap.

    private boolean before(int timer, int other) {
        return times[timer] != times[other] ? times[timer] < times[other] : orders[timer] < orders[other];
    }

    private void siftUp(int start) {
        int at = start;
        int timer = heap[at];
        while (at > 0) {
            int parent = (at - 1) >>> 1;
            if (!before(timer, heap[parent])) {
                break;
            }
            put(at, heap[parent]);
            at = parent;
        }
        put(at, timer);
    }

    private void siftDown(int start) {
        int at = start;
        int timer = heap[at];
        for (int child = 2 * at + 1; child < size; child = 2 * at + 1) {
            if (child + 1 < size && before(heap[child + 1], heap[child])) {
                child++;
            }
            if (!before(heap[child], timer)) {
                break;
            }
            put(at, heap[child]);
            at = child;
        }
        put(at, timer);
    }

    private void put(int place, int timer) {
        heap[place] = timer;
        places[timer] = place;
    }

    private void removeFromHeap(int place) {
        size--;
        int last = heap[size];
        if (place < size) {
            put(place, last);
            siftDown(place);
            siftUp(places[last]);
        }
    }

    // The hash table: linear probing, deletion by shifting back.

    private int home(int entry, long time) {
        long mixed = (entry * 0x9E3779B97F4A7C15L) ^ (time * 0xD6E8FEB86659FD93L);
        mixed ^= mixed >>> 32;
        mixed *= 0xD6E8FEB86659FD93L;
        return (int) (mixed >>> 32) & (buckets.length - 1);
    }

    private int findBucket(int entry, long time) {
        int mask = buckets.length - 1;
        int at = home(entry, time);
        while (buckets[at] != 0) {
            int timer = buckets[at] - 1;
            if (entries[timer] == entry && times[timer] == time) {
                return at;
            }
            at = (at + 1) & mask;
        }
        return NONE;
    }

    private void addToBuckets(int timer) {
        int mask = buckets.length - 1;
        int at = home(entries[timer], times[timer]);
        while (buckets[at] != 0) {
            at = (at + 1) & mask;
        }
        buckets[at] = timer + 1;
    }

    private void removeFromBuckets(int bucket) {
        int mask = buckets.length - 1;
        int hole = bucket;
        int at = bucket;
        while (true) {
            at = (at + 1) & mask;
            if (buckets[at] == 0) {
                break;
            }
            int timer = buckets[at] - 1;
            int home = home(entries[timer], times[timer]);
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
            addToBuckets(heap[i]);
        }
    }
}

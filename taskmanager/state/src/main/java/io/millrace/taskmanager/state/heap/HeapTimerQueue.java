package io.millrace.taskmanager.state.heap;

import io.millrace.api.types.BinaryReader;
import io.millrace.api.types.BinaryWriter;
import io.millrace.taskmanager.state.TimerQueue;
import io.millrace.taskmanager.state.entries.BlockHeader;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Timers as numbers in a plain array: per distinct time a list in order of registration, and a hash table by (key
 * entry, time) that finds duplicates and timers to delete. No object per timer, and a timer costs the same however many
 * others there are: only the distinct times are in a heap. With ten thousand users and event time in seconds that is a
 * dozen.
 */
final class HeapTimerQueue<K> implements TimerQueue, TrackedState {
    private static final int NONE = -1;

    /** One timer is four numbers, so it lies in one cache line. */
    private static final int STRIDE = 4;

    private static final int ENTRY = 0;
    /** The number of its time. */
    private static final int TIME = 1;
    /** The timers after and before it in the list of its time, {@link #NONE} at the ends. */
    private static final int NEXT = 2;

    private static final int PREVIOUS = 3;

    private final HeapKeyTable<K> table;
    private final TimerTimes times = new TimerTimes();

    /** Per number of a time: the first and the last timer of its list. */
    private int[] lists = new int[32];

    /** Offsets into this array identify the timers. Free ones are linked by {@link #NEXT}. */
    private int[] timers = new int[16 * STRIDE];

    private int timerLimit;
    private int firstFree = NONE;
    private int size;

    /** Timer plus one by hash of (entry, time); 0 is empty. Linear probing, deletion by shifting back. */
    private int[] buckets = new int[32];

    private long firedTime = Long.MIN_VALUE;
    private @Nullable TableTracker tracker;

    HeapTimerQueue(HeapKeyTable<K> table) {
        this.table = table;
    }

    @Override
    public void register(long time) {
        int entry = table.entryForWrite();
        int number = times.find(time);
        if (number != TimerTimes.ABSENT && buckets[bucketOf(entry, number)] != 0) {
            return;
        }
        table.retain(entry);
        if (number == TimerTimes.ABSENT) {
            number = times.add(time);
            if (2 * times.limit() > lists.length) {
                lists = Arrays.copyOf(lists, 2 * lists.length);
            }
            lists[2 * number] = NONE;
            lists[2 * number + 1] = NONE;
        }
        size++;
        if (2 * size > buckets.length) {
            growBuckets();
        }
        int timer = allocate();
        if (tracker != null) {
            tracker.beforeChange(timer / STRIDE);
        }
        timers[timer + ENTRY] = entry;
        append(timer, number);
        buckets[bucketOf(entry, number)] = timer + 1;
    }

    @Override
    public void delete(long time) {
        int entry = table.entry();
        int number = entry < 0 ? TimerTimes.ABSENT : times.find(time);
        if (number == TimerTimes.ABSENT) {
            return;
        }
        int bucket = bucketOf(entry, number);
        if (buckets[bucket] != 0) {
            remove(buckets[bucket] - 1, bucket);
            table.release(entry);
        }
    }

    @Override
    public long nextTime() {
        return times.first();
    }

    @Override
    public boolean pollDue(long upTo) {
        if (size == 0 || times.first() > upTo) {
            return false;
        }
        firedTime = times.first();
        int number = times.firstNumber();
        int timer = lists[2 * number];
        int entry = timers[timer + ENTRY];
        table.setCurrentEntry(entry);
        remove(timer, bucketOf(entry, number));
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

    @Override
    public void addTrackers(TableName name, Consumer<TableTracker> trackers) {
        TableTracker known = tracker;
        if (known == null) {
            known = new TableTracker(name, 0, new TimerEntries());
            tracker = known;
        }
        trackers.accept(known);
    }

    @Override
    public void restoreEntry(BlockHeader header, BinaryReader in, boolean taken) {
        long time = in.readLong();
        if (taken && header.removals()) {
            delete(time);
        } else if (taken) {
            register(time);
        }
    }

    /** The timers as snapshots see them. */
    private final class TimerEntries implements TrackedEntries {
        @Override
        public int limit() {
            return timerLimit / STRIDE;
        }

        @Override
        public boolean isPresent(int timer) {
            return timers[timer * STRIDE + ENTRY] != NONE;
        }

        @Override
        public void write(int timer, BinaryWriter out) {
            writeKey(timer, out);
        }

        @Override
        public void writeKey(int timer, BinaryWriter out) {
            table.writeKey(timers[timer * STRIDE + ENTRY], out);
            out.writeLong(times.time(timers[timer * STRIDE + TIME]));
        }
    }

    private int allocate() {
        int timer = firstFree;
        if (timer != NONE) {
            firstFree = timers[timer + NEXT];
            return timer;
        }
        timer = timerLimit;
        timerLimit += STRIDE;
        if (timerLimit > timers.length) {
            timers = Arrays.copyOf(timers, 2 * timers.length);
        }
        timers[timer + ENTRY] = NONE;
        return timer;
    }

    private void append(int timer, int number) {
        int last = lists[2 * number + 1];
        timers[timer + TIME] = number;
        timers[timer + NEXT] = NONE;
        timers[timer + PREVIOUS] = last;
        if (last == NONE) {
            lists[2 * number] = timer;
        } else {
            timers[last + NEXT] = timer;
        }
        lists[2 * number + 1] = timer;
    }

    private void remove(int timer, int bucket) {
        if (tracker != null) {
            tracker.beforeRemoval(timer / STRIDE);
        }
        removeFromBuckets(bucket);
        int number = timers[timer + TIME];
        int next = timers[timer + NEXT];
        int previous = timers[timer + PREVIOUS];
        if (previous == NONE) {
            lists[2 * number] = next;
        } else {
            timers[previous + NEXT] = next;
        }
        if (next == NONE) {
            lists[2 * number + 1] = previous;
        } else {
            timers[next + PREVIOUS] = previous;
        }
        if (lists[2 * number] == NONE) {
            times.remove(number);
        }
        timers[timer + ENTRY] = NONE;
        timers[timer + NEXT] = firstFree;
        firstFree = timer;
        size--;
    }

    // The hash table.

    private int home(int entry, int number) {
        long mixed = ((long) entry << 32 ^ number) * 0x9E3779B97F4A7C15L;
        mixed ^= mixed >>> 29;
        return (int) ((mixed * 0xD6E8FEB86659FD93L) >>> 32) & (buckets.length - 1);
    }

    /** The bucket of the timer of this entry and time, or the empty one where it belongs. */
    private int bucketOf(int entry, int number) {
        int mask = buckets.length - 1;
        int at = home(entry, number);
        while (buckets[at] != 0 && !isTimer(buckets[at] - 1, entry, number)) {
            at = (at + 1) & mask;
        }
        return at;
    }

    private boolean isTimer(int timer, int entry, int number) {
        return timers[timer + ENTRY] == entry && timers[timer + TIME] == number;
    }

    private int homeOf(int timer) {
        return home(timers[timer + ENTRY], timers[timer + TIME]);
    }

    private void removeFromBuckets(int bucket) {
        int mask = buckets.length - 1;
        int hole = bucket;
        for (int at = (hole + 1) & mask; buckets[at] != 0; at = (at + 1) & mask) {
            int home = homeOf(buckets[at] - 1);
            if (((at - home) & mask) >= ((at - hole) & mask)) {
                buckets[hole] = buckets[at];
                hole = at;
            }
        }
        buckets[hole] = 0;
    }

    private void growBuckets() {
        int[] old = buckets;
        buckets = new int[2 * old.length];
        for (int timer : old) {
            if (timer != 0) {
                int mask = buckets.length - 1;
                int at = homeOf(timer - 1);
                while (buckets[at] != 0) {
                    at = (at + 1) & mask;
                }
                buckets[at] = timer;
            }
        }
    }
}

package io.millrace.taskmanager.state.heap;

import io.millrace.taskmanager.state.SnapshotOutput;
import io.millrace.taskmanager.state.entries.Bits;
import java.util.ArrayList;
import java.util.List;

/**
 * The parts that together hold one table, in the order in which they apply: bases of ranges of entry numbers, and what
 * changed since. With every checkpoint as many entries are written once more in a base as were written as changed,
 * range by range in turn; so what is changed for the hundredth time is not kept a hundred times, no checkpoint is much
 * larger than its neighbours, and the parts hold two to three times the table at most. Immutable.
 */
final class PartChain {
    static final PartChain NONE = new PartChain(List.of(), 1, 0, 0, 0);

    /** A table is written in this many ranges, one after the other. */
    private static final int RANGES = 128;

    private static final int SMALLEST_RANGE = 1_024;
    /** After this many checkpoints with changes all ranges have had their turn, however little changed. */
    private static final int LONGEST = 100;

    /** A part of which a base holds the ranges from {@code from} up to and without {@code to}; a delta has none. */
    private record Link(long checkpoint, int part, int from, int to) {
        boolean isBase() {
            return from < to;
        }
    }

    /**
     * What the next snapshot writes.
     *
     * @param next the parts that it shares with earlier ones
     * @param from the first of the entries that are written whether changed or not
     * @param to the first that is not
     */
    record Plan(int from, int to, PartChain next) {
        boolean isInBase(int entry) {
            return from <= entry && entry < to;
        }

        boolean isFull() {
            return to == Integer.MAX_VALUE && from == 0;
        }
    }

    /** Nothing has changed. */
    Plan unchanged() {
        return new Plan(0, 0, this);
    }

    private final List<Link> links;
    private final int rangeEntries;
    private final int ranges;
    /** The range whose turn it is. */
    private final int turn;
    /** Entries written as changed and not yet paid back by a base. */
    private final long debt;

    private PartChain(List<Link> links, int rangeEntries, int ranges, int turn, long debt) {
        this.links = links;
        this.rangeEntries = rangeEntries;
        this.ranges = ranges;
        this.turn = turn;
        this.debt = debt;
    }

    /** Whether the parts hold a table: before the first snapshot they do not. */
    boolean isNone() {
        return ranges == 0;
    }

    /**
     * @param changed how many entries changed
     * @param limit of the entries' numbers
     */
    Plan plan(int changed, int limit) {
        boolean grown = limit / 2 > (long) ranges * rangeEntries;
        if (isNone() || grown || 2L * changed >= limit) {
            int size = Math.max(SMALLEST_RANGE, limit / RANGES + 1);
            return new Plan(0, Integer.MAX_VALUE, new PartChain(List.of(), size, 1 + limit / size, 0, 0));
        }
        long owed = debt + Math.max(changed, 1 + limit / LONGEST);
        int price = Math.min(rangeEntries, limit);
        int end = (int) Math.min(ranges, turn + owed / price);
        boolean last = end == ranges;
        long left = last ? 0 : owed - (long) (end - turn) * price;
        List<Link> needed = end == turn ? links : besides(turn, end);
        return new Plan(
                turn * rangeEntries,
                last ? Integer.MAX_VALUE : end * rangeEntries,
                new PartChain(needed, rangeEntries, ranges, last ? 0 : end, left));
    }

    /**
     * Which links are needed besides a new base: of a range the newest base counts, and changes count that are newer
     * than the oldest base that does.
     */
    private List<Link> besides(int from, int to) {
        List<Link> kept = new ArrayList<>();
        Bits covered = new Bits();
        for (int range = from; range < to; range++) {
            covered.add(range);
        }
        long oldestBase = Long.MAX_VALUE;
        for (int i = links.size() - 1; i >= 0; i--) {
            Link link = links.get(i);
            boolean counts = false;
            for (int range = link.from; range < link.to; range++) {
                counts |= covered.add(range);
            }
            if (counts) {
                oldestBase = link.checkpoint;
            }
            if (counts || !link.isBase()) {
                kept.add(0, link);
            }
        }
        long oldest = oldestBase;
        kept.removeIf(link -> !link.isBase() && link.checkpoint <= oldest);
        return kept;
    }

    /**
     * This chain, which is its plan's next, with the parts of the snapshot at its end.
     *
     * @param delta the index of the part that holds what changed; negative if there is none
     * @param base that of the part that holds the plan's range; negative if nothing is in it
     */
    PartChain with(Plan plan, long checkpoint, int delta, int base) {
        List<Link> all = new ArrayList<>(links);
        if (delta >= 0) {
            all.add(new Link(checkpoint, delta, 0, 0));
        }
        if (plan.from < plan.to) {
            int end = plan.to == Integer.MAX_VALUE ? ranges : plan.to / rangeEntries;
            all.add(new Link(checkpoint, base, plan.from / rangeEntries, end));
        }
        return new PartChain(all, rangeEntries, ranges, turn, debt);
    }

    /** Names the parts for a snapshot that needs them still. */
    void keep(SnapshotOutput out) {
        for (Link link : links) {
            if (link.part >= 0) {
                out.keep(link.checkpoint, link.part);
            }
        }
    }

    int length() {
        return links.size();
    }
}

package io.millrace.taskmanager.runtime.exchange;

import java.util.ArrayDeque;

/**
 * Finds the moment at which every channel has brought a barrier or is at its end. For exactly-once a channel that has
 * is held until then, so that what was taken by that moment is what lies before the barrier and nothing else; for
 * at-least-once no channel is held. Plain state of one owner.
 *
 * <p>The numbers of barriers grow, and every task lets each of them pass: were one skipped here that another task holds
 * a channel for, the two could wait for each other. So only the word that its checkpoint was given up, or a channel
 * that brings a later one in its place, gives one up.
 *
 * <p>The algorithm is that of asynchronous barrier snapshotting (Carbone et al., 2015).
 */
public final class BarrierAligner {
    private static final long NONE = 0;
    private static final long END = Long.MAX_VALUE;

    private final boolean exactlyOnce;
    /** Per channel the last barrier it brought; {@link #END} at its end. */
    private final long[] reached;

    private int live;

    /** Barriers that some channel has brought and that are neither passed nor given up, in order. */
    private final ArrayDeque<Long> pending = new ArrayDeque<>();
    /** The first of them, {@link #NONE} if there is none, and how many channels have not brought it. */
    private long first = NONE;

    private int outstanding;
    /** Announced barriers that no channel has brought, in order. */
    private final ArrayDeque<Long> announced = new ArrayDeque<>();
    /** The largest that was ever pending. */
    private long known = NONE;
    /** The largest that has passed or was given up. */
    private long settled = NONE;

    public BarrierAligner(int channels, boolean exactlyOnce) {
        this.reached = new long[channels];
        this.exactlyOnce = exactlyOnce;
        this.live = channels;
    }

    /** Whether nothing may be taken from the channel: what comes next from it is behind the pending barrier. */
    public boolean holds(int channel) {
        return exactlyOnce && first != NONE && reached[channel] >= first;
    }

    /** Whether a barrier waits for channels. */
    public boolean isPending() {
        return first != NONE;
    }

    /** Whether every channel has brought the first pending barrier or is at its end. */
    public boolean isAligned() {
        return first != NONE && outstanding == 0;
    }

    /** A channel brings a barrier, {@code number >= 1}. */
    public void arrived(int channel, long number) {
        long before = reached[channel];
        if (number <= before) {
            return;
        }
        reached[channel] = number;
        if (number <= settled) {
            return;
        }
        // What the channel left out it will never bring.
        pending.removeIf(waiting -> waiting > before && waiting < number);
        if (number > known) {
            known = number;
            pending.addLast(number);
        }
        update();
    }

    /**
     * A barrier is on its way, announced in the order of the numbers. Only a task that has no channel left, or never
     * had one, lets it pass for this reason.
     */
    public void announced(long number) {
        announced.addLast(number);
        update();
    }

    /** Nothing follows on a channel, barriers included. */
    public void ended(int channel) {
        if (reached[channel] != END) {
            reached[channel] = END;
            live--;
            update();
        }
    }

    /** The checkpoint of a barrier was given up, and with it every earlier one: no channel is held for it any more. */
    public void giveUp(long number) {
        settled = Math.max(settled, number);
        pending.removeIf(waiting -> waiting <= number);
        update();
    }

    /** Ends the alignment, and with it the hold of every channel. @return the barrier, which {@link #isAligned} */
    public long release() {
        settled = pending.removeFirst();
        update();
        return settled;
    }

    private void update() {
        announced.removeIf(number -> number <= Math.max(known, settled));
        if (live == 0) {
            pending.addAll(announced);
            known = announced.isEmpty() ? known : announced.getLast();
            announced.clear();
        }
        first = pending.isEmpty() ? NONE : pending.getFirst();
        outstanding = 0;
        for (long last : reached) {
            outstanding += last < first ? 1 : 0;
        }
    }
}

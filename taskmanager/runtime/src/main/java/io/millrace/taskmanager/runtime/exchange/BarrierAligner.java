package io.millrace.taskmanager.runtime.exchange;

import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * Finds the moment at which the elements before a barrier have all been taken and none behind it: a channel that has
 * brought the barrier is held until every other one has, too, or is at its end. The numbers of barriers grow, and every
 * task lets each of them pass: were one skipped here that another task holds a channel for, the two could wait for each
 * other. So only the word that its checkpoint was given up, or a channel that brings a later one, gives one up. Plain
 * state of one owner.
 *
 * <p>The algorithm is that of asynchronous barrier snapshotting (Carbone et al., 2015).
 */
public final class BarrierAligner {
    private static final long NONE = 0;

    private final boolean[] arrived;
    private final boolean[] ended;
    private int live;

    /** The barrier that some channels have brought; {@link #NONE} if there is none. Without channels, one announced. */
    private long pending = NONE;
    /** Live channels that have not brought it. */
    private int outstanding;
    /** Those that no channel has brought yet, in order. */
    private final ArrayDeque<Long> announced = new ArrayDeque<>();
    /** The largest that is aligned or given up. */
    private long settled = NONE;

    public BarrierAligner(int channels) {
        arrived = new boolean[channels];
        ended = new boolean[channels];
        live = channels;
    }

    /** Whether nothing may be taken from the channel: what comes next from it is behind the pending barrier. */
    public boolean holds(int channel) {
        return arrived[channel];
    }

    /** Whether a barrier waits for channels. */
    public boolean isPending() {
        return pending != NONE;
    }

    /** Whether every channel has brought the pending barrier or is at its end. */
    public boolean isAligned() {
        return pending != NONE && outstanding == 0;
    }

    /** A channel brings a barrier, {@code number >= 1}. */
    public void arrived(int channel, long number) {
        if (number <= settled || number < pending) {
            return;
        }
        if (number > pending) {
            begin(number);
        }
        if (!arrived[channel]) {
            arrived[channel] = true;
            outstanding--;
        }
    }

    /**
     * A barrier is on its way, announced in the order of the numbers. Only a task that has no channel left, or never
     * had one, lets it pass for this reason.
     */
    public void announced(long number) {
        if (number > settled && number > pending) {
            announced.add(number);
            beginAnnounced();
        }
    }

    /** Nothing follows on a channel, barriers included. */
    public void ended(int channel) {
        if (ended[channel]) {
            return;
        }
        ended[channel] = true;
        live--;
        if (pending != NONE && !arrived[channel]) {
            outstanding--;
        }
        beginAnnounced();
    }

    /** The checkpoint of a barrier was given up: no channel is held for it any more. */
    public void giveUp(long number) {
        if (pending != NONE && pending <= number) {
            settle();
        }
        settled = Math.max(settled, number);
        beginAnnounced();
    }

    /** Ends the alignment, and with it the hold of every channel. @return the barrier, which {@link #isAligned} */
    public long release() {
        long aligned = pending;
        settle();
        return aligned;
    }

    private void begin(long number) {
        settled = Math.max(settled, pending);
        Arrays.fill(arrived, false);
        pending = number;
        outstanding = live;
    }

    private void settle() {
        settled = Math.max(settled, pending);
        Arrays.fill(arrived, false);
        pending = NONE;
        beginAnnounced();
    }

    private void beginAnnounced() {
        while (!announced.isEmpty() && announced.peek() <= Math.max(settled, pending)) {
            announced.remove();
        }
        if (live == 0 && pending == NONE && !announced.isEmpty()) {
            begin(announced.remove());
        }
    }
}

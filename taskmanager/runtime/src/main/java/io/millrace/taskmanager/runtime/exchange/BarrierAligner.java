package io.millrace.taskmanager.runtime.exchange;

import io.millrace.taskmanager.runtime.stream.Barrier;
import java.util.ArrayDeque;
import java.util.TreeSet;

/**
 * Finds the moment at which every channel has brought a barrier or is at its end. For exactly-once a channel that has
 * is held until then, so that what was taken by that moment is what lies before the barrier and nothing else; for
 * at-least-once no channel is held. Plain state of one owner.
 *
 * <p>Barriers are known by their codes. These grow, and every task lets each of them pass: were one skipped here that
 * another task holds a channel for, the two could wait for each other. So only the word that its checkpoint was given
 * up, or a channel that brings a later one in its place, gives one up.
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
    /** The largest that has passed. */
    private long settled = NONE;
    /** Checkpoints that were given up, of which a channel may still bring the barrier. */
    private final TreeSet<Long> givenUp = new TreeSet<>();

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
        if (isOver(number)) {
            update();
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

    /** A checkpoint was given up: no channel is held for its barrier any more. Earlier ones go on. */
    public void giveUp(long checkpoint) {
        givenUp.add(checkpoint);
        pending.removeIf(waiting -> Barrier.checkpointOf(waiting) == checkpoint);
        update();
    }

    /** Ends the alignment, and with it the hold of every channel. @return the barrier, which {@link #isAligned} */
    public long release() {
        settled = pending.removeFirst();
        givenUp.headSet(Barrier.checkpointOf(settled)).clear();
        update();
        return settled;
    }

    /** The barrier that has to pass next, whether a channel has brought it or not; 0 if there is none. */
    public long next() {
        if (first != NONE) {
            return first;
        }
        return announced.isEmpty() ? NONE : announced.getFirst();
    }

    /** Whether a channel has brought this barrier, a later one, or its end. */
    public boolean hasReached(int channel, long number) {
        return reached[channel] >= number;
    }

    /** The barrier that is {@link #next} passes before all channels have brought it. */
    public void overtake(long number) {
        known = Math.max(known, number);
        pending.remove(number);
        settled = number;
        givenUp.headSet(Barrier.checkpointOf(settled)).clear();
        update();
    }

    private boolean isOver(long number) {
        return number <= settled || givenUp.contains(Barrier.checkpointOf(number));
    }

    private void update() {
        announced.removeIf(number -> number <= known || isOver(number));
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

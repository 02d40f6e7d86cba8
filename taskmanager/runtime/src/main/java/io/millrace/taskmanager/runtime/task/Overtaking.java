package io.millrace.taskmanager.runtime.task;

import io.millrace.common.graph.snapshot.CheckpointKind;
import io.millrace.common.graph.snapshot.PartKind;
import io.millrace.taskmanager.runtime.exchange.BarrierAligner;
import io.millrace.taskmanager.runtime.snapshot.PartCollector;
import io.millrace.taskmanager.runtime.stream.Barrier;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lets a checkpoint's barrier pass before all channels have brought it, once its alignment takes too long, and captures
 * what they bring until they do. One capture at a time. Owned by the task's intake.
 *
 * <p>The algorithm is that of distributed snapshots (Chandy and Lamport, 1985); see ADR 0014.
 */
final class Overtaking {
    /** Time-out of a task that waits for every channel, however long. */
    static final long NEVER = Long.MAX_VALUE;

    private final InputLane[] lanes;
    private final BarrierAligner aligner;
    private final long timeoutNanos;

    /** The barrier that is the next to pass, and when it does not wait any longer. */
    private long watched;

    private long dueNanos = Long.MAX_VALUE;
    /** The barrier that passed and of which the capture goes on; 0 if there is none. */
    private long capturing;

    private @Nullable PartCollector parts;

    Overtaking(InputLane[] lanes, BarrierAligner aligner, long timeoutNanos) {
        this.lanes = lanes;
        this.aligner = aligner;
        this.timeoutNanos = timeoutNanos;
    }

    /** The barrier that must not wait any longer; 0 if there is none. */
    long due(long nowNanos) {
        long next = aligner.next();
        if (next != watched) {
            watched = next;
            boolean may = timeoutNanos != NEVER && next != 0 && Barrier.of(next).kind() == CheckpointKind.CHECKPOINT;
            dueNanos = may ? nowNanos + timeoutNanos : Long.MAX_VALUE;
        }
        return capturing == 0 && dueNanos <= nowNanos && mayCapture(next) ? next : 0;
    }

    /** When a barrier will have waited long enough; {@code Long.MAX_VALUE}: no time is set, or it is over. */
    long nextDeadlineNanos(long nowNanos) {
        return dueNanos > nowNanos ? dueNanos : Long.MAX_VALUE;
    }

    private boolean mayCapture(long code) {
        for (int i = 0; i < lanes.length; i++) {
            if (!lanes[i].gate().isCapturable() && !aligner.hasReached(i, code)) {
                return false;
            }
        }
        return true;
    }

    /**
     * The barrier is about to pass.
     *
     * @param rests what is left of batches of channels that were begun
     */
    void begin(long code, @Nullable HeldBatch[] rests) {
        capturing = code;
        for (int i = 0; i < lanes.length; i++) {
            if (!aligner.hasReached(i, code)) {
                lanes[i].beginCapture(code, rests[i]);
            }
        }
    }

    /** While a barrier passes that others have yet to bring: takes where the elements under way belong. */
    void snapshot(PartCollector collector) {
        parts = capturing == 0 ? null : collector;
    }

    /** The checkpoint for which elements are captured; 0 if there is none. */
    long capturing() {
        return capturing == 0 ? 0 : Barrier.checkpointOf(capturing);
    }

    /** Captures what has arrived. @return how much was done */
    int proceed() {
        if (capturing == 0) {
            return 0;
        }
        int work = 0;
        boolean complete = true;
        for (InputLane lane : lanes) {
            work += lane.capture();
            complete &= !lane.isCapturing();
        }
        if (complete) {
            finish();
            work++;
        }
        return work;
    }

    private void finish() {
        capturing = 0;
        List<ByteBuffer> blocks = new ArrayList<>();
        long entries = 0;
        for (InputLane lane : lanes) {
            entries += lane.finishCapture(blocks);
        }
        PartCollector target = parts;
        parts = null;
        if (target != null && !blocks.isEmpty()) {
            target.add(PartKind.IN_FLIGHT, entries, blocks);
        }
    }

    void giveUp(long checkpoint) {
        if (capturing != 0 && Barrier.checkpointOf(capturing) == checkpoint) {
            capturing = 0;
            parts = null;
            for (InputLane lane : lanes) {
                lane.dropCapture();
            }
        }
    }
}

package io.millrace.taskmanager.runtime.source;

import io.millrace.common.core.error.Problem;
import io.millrace.taskmanager.runtime.exchange.BarrierAligner;
import io.millrace.taskmanager.runtime.exchange.InputChannel;
import io.millrace.taskmanager.runtime.stream.BarrierHandler;
import io.millrace.taskmanager.runtime.stream.Brake;
import io.millrace.taskmanager.runtime.stream.Control;
import io.millrace.taskmanager.runtime.stream.ElementBatch;
import io.millrace.taskmanager.runtime.stream.Output;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a reader hears of its enumerator, in order: messages, and the barriers between them, each of which waits until
 * it may pass. Nothing behind a barrier that waits is taken.
 */
final class AssignmentFeed {
    private final InputChannel channel;
    private final Brake brake;
    private final BarrierAligner aligner = new BarrierAligner(1, true);
    private BarrierHandler barriers = (number, alignmentNanos) -> {};
    /** Assignments in progress: a barrier among them may have to wait. */
    private @Nullable ElementBatch batch;

    private int position;
    private boolean released;

    AssignmentFeed(InputChannel channel, Brake brake) {
        this.channel = channel;
        this.brake = brake;
    }

    void start(BarrierHandler handler) {
        barriers = handler;
    }

    void announce(long barrier) {
        aligner.announced(barrier);
    }

    void giveUp(long checkpoint) {
        aligner.giveUp(checkpoint);
    }

    /** Whether a barrier waits, and with it the reader. */
    boolean isHeld() {
        return aligner.isAligned();
    }

    /** Whether the enumerator is at its end. */
    boolean isReleased() {
        return released;
    }

    InputChannel channel() {
        return channel;
    }

    @Nullable
    Problem failure() {
        return channel.failure();
    }

    long bytes() {
        return channel.bytes();
    }

    /** Hands over every message that is there, up to a barrier that has to wait. @return how much was done */
    int take(Consumer<EnumeratorMessage> reader) {
        int taken = passBarrier();
        while (!aligner.isAligned() && (batch != null || nextBatch())) {
            ElementBatch running = Objects.requireNonNull(batch);
            long[] timestamps = running.timestamps();
            long number = timestamps == null ? Output.NO_TIMESTAMP : timestamps[position];
            Object value = running.values()[position++];
            if (position == running.size()) {
                batch = null;
            }
            if (value instanceof Control control) {
                take(control, number);
            } else {
                reader.accept((EnumeratorMessage) value);
            }
            taken += 1 + passBarrier();
        }
        return taken;
    }

    private void take(Control control, long number) {
        switch (control) {
            case BARRIER -> aligner.arrived(0, number);
            case END_OF_INPUT -> {
                released = true;
                aligner.ended(0);
            }
            case WATERMARK, IDLE, ACTIVE -> {
                // An enumerator has no event time.
            }
        }
    }

    private boolean nextBatch() {
        batch = channel.poll();
        position = 0;
        return batch != null;
    }

    /** While a firing is open a barrier waits, and so does the reader. */
    private int passBarrier() {
        if (!aligner.isAligned() || !brake.letsBarriersPass()) {
            return 0;
        }
        barriers.onBarrier(aligner.release(), 0);
        return 1;
    }
}

package io.millrace.taskmanager.runtime.task;

import io.millrace.taskmanager.runtime.exchange.InFlightWriter;
import io.millrace.taskmanager.runtime.exchange.InputChannel;
import io.millrace.taskmanager.runtime.stream.Control;
import io.millrace.taskmanager.runtime.stream.ElementBatch;
import io.millrace.taskmanager.runtime.stream.Output;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One channel of a task, with what was taken from it before its turn: elements that a snapshot had under way, and those
 * that were captured for one. While it captures, everything that comes from the channel is written down before anybody
 * has it, up to the barrier.
 */
final class InputLane {
    /** Batches that wait here at most; beyond it a capture goes on as they are processed. */
    private static final int MOST_WAITING = 256;

    private final InputGate gate;
    private final int producer;
    private final InputChannel channel;
    private final ArrayDeque<ElementBatch> waiting = new ArrayDeque<>();

    private @Nullable InFlightWriter capture;
    /** The code of the barrier that ends the capture. */
    private long barrier;

    private boolean arrived = true;

    InputLane(InputGate gate, int producer, InputChannel channel) {
        this.gate = gate;
        this.producer = producer;
        this.channel = channel;
    }

    InputGate gate() {
        return gate;
    }

    int producer() {
        return producer;
    }

    InputChannel channel() {
        return channel;
    }

    /** Puts in front of everything that is still to come what was under way when a snapshot was taken. */
    void restore(ElementBatch batch) {
        waiting.add(batch);
    }

    /** The next batch in order, or null if none is there. */
    @Nullable
    ElementBatch poll() {
        ElementBatch next = waiting.poll();
        return next != null ? next : receive();
    }

    private @Nullable ElementBatch receive() {
        ElementBatch batch = channel.poll();
        if (batch != null && isCapturing()) {
            write(batch, 0);
        }
        return batch;
    }

    /** From here on everything up to the barrier is written down, what waits here first. */
    void beginCapture(long code, @Nullable HeldBatch first) {
        capture = new InFlightWriter(gate.place(), producer, gate.serializer().duplicate(), gate.scope());
        barrier = code;
        arrived = false;
        if (first != null) {
            write(first.batch(), first.position());
        }
        for (ElementBatch batch : waiting) {
            if (!arrived) {
                write(batch, 0);
            }
        }
    }

    /** Whether the barrier is still to come. */
    boolean isCapturing() {
        return !arrived;
    }

    /** Takes what has arrived. @return how many batches */
    int capture() {
        int taken = 0;
        while (!arrived && waiting.size() < MOST_WAITING) {
            ElementBatch batch = receive();
            if (batch == null) {
                break;
            }
            waiting.add(batch);
            taken++;
        }
        return taken;
    }

    private void write(ElementBatch batch, int from) {
        InFlightWriter out = Objects.requireNonNull(capture);
        Object[] values = batch.values();
        long[] timestamps = batch.timestamps();
        for (int i = from; i < batch.size(); i++) {
            long timestamp = timestamps == null ? Output.NO_TIMESTAMP : timestamps[i];
            if (!(values[i] instanceof Control control)) {
                out.element(values[i], timestamp);
            } else if (control == Control.END_OF_INPUT || (control == Control.BARRIER && timestamp >= barrier)) {
                arrived = true;
                return;
            } else if (control != Control.BARRIER) {
                out.control(control, timestamp);
            }
        }
    }

    /** Adds to {@code blocks} what was captured. @return how many elements */
    long finishCapture(List<ByteBuffer> blocks) {
        InFlightWriter done = capture;
        capture = null;
        if (done == null) {
            return 0;
        }
        blocks.addAll(done.finish());
        return done.entries();
    }

    /** The checkpoint was given up. */
    void dropCapture() {
        capture = null;
        arrived = true;
    }
}

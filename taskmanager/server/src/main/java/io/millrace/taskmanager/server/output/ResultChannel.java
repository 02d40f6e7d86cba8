package io.millrace.taskmanager.server.output;

import io.millrace.api.types.BinaryWriter;
import io.millrace.common.core.concurrent.Published;
import io.millrace.common.core.concurrent.Ring;
import io.millrace.common.core.concurrent.Signal;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.graph.OpaqueBytes;
import io.millrace.common.graph.gateway.FromTaskManager;
import io.millrace.taskmanager.runtime.sink.JobOutputs;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * The results of one collecting sink of one attempt: batches of length-prefixed elements, at most a window of which are
 * not acknowledged. The slot's thread adds, the supervisor's thread sends and takes acknowledgements. Exact: a batch is
 * kept until it is acknowledged.
 */
public final class ResultChannel implements JobOutputs.Results {
    private static final int BATCH_BYTES = 128 * 1024;
    private static final int RING_CAPACITY = 1_024;

    /** One closed batch. */
    private record Batch(long sequence, OpaqueBytes bytes) {}

    private final SubtaskId subtask;
    private final int operator;
    private final Ring<Batch> closed;
    private final Published<Long> acknowledged = new Published<>(0L);
    private final Published<Integer> window;
    private final Signal slot;

    /** Slot's thread. */
    private final BinaryWriter open = new BinaryWriter(1_024);

    private final Deque<Batch> overflow = new ArrayDeque<>();
    private long nextSequence;

    /** Supervisor's thread: batches sent but not acknowledged. */
    private final Deque<Batch> unacknowledged = new ArrayDeque<>();

    private final Deque<Batch> toSend = new ArrayDeque<>();

    ResultChannel(SubtaskId subtask, int operator, int firstWindow, Signal supervisor, Signal slot) {
        this.subtask = subtask;
        this.operator = operator;
        this.closed = new Ring<>(RING_CAPACITY, supervisor, slot);
        this.window = new Published<>(firstWindow);
        this.slot = slot;
    }

    SubtaskId subtask() {
        return subtask;
    }

    boolean is(SubtaskId otherSubtask, int otherOperator) {
        return subtask.equals(otherSubtask) && operator == otherOperator;
    }

    @Override
    public boolean hasRoom() {
        return nextSequence - acknowledged.read() < window.read();
    }

    @Override
    public void add(byte[] bytes, int offset, int length) {
        open.writeInt(length);
        open.write(bytes, offset, length);
        if (open.position() >= BATCH_BYTES) {
            closeBatch();
        }
    }

    @Override
    public void flush() {
        if (open.position() > 0) {
            closeBatch();
        }
        handOver();
    }

    private void closeBatch() {
        OpaqueBytes bytes = new OpaqueBytes(Arrays.copyOf(open.bytes(), open.position()));
        overflow.add(new Batch(nextSequence++, bytes));
        open.setPosition(0);
        handOver();
    }

    private void handOver() {
        while (!overflow.isEmpty() && closed.offer(overflow.peek())) {
            overflow.remove();
        }
    }

    /** Supervisor's thread. */
    int drainTo(Consumer<FromTaskManager> send) {
        for (Batch next = closed.poll(); next != null; next = closed.poll()) {
            toSend.add(next);
        }
        int messages = 0;
        // One step of the sink may close more batches than there is room for; those wait here.
        long end = acknowledged.read() + window.read();
        while (!toSend.isEmpty() && toSend.peek().sequence() < end) {
            Batch batch = toSend.remove();
            unacknowledged.add(batch);
            send.accept(new FromTaskManager.ResultBatch(subtask, operator, batch.sequence(), batch.bytes()));
            messages++;
        }
        return messages;
    }

    /** Supervisor's thread: whether the client has everything that was handed over. */
    boolean isDelivered() {
        return closed.isEmpty() && toSend.isEmpty() && unacknowledged.isEmpty();
    }

    /** Supervisor's thread: how many batches may be unacknowledged from now on. */
    void setWindow(int resultWindow) {
        window.publish(resultWindow);
        slot.wake();
    }

    /** Supervisor's thread: everything that is not acknowledged is sent again, in order. */
    void onRegistered(int resultWindow) {
        setWindow(resultWindow);
        while (!unacknowledged.isEmpty()) {
            toSend.addFirst(unacknowledged.removeLast());
        }
    }

    /** Supervisor's thread. */
    void onAcknowledged(long next) {
        while (!unacknowledged.isEmpty() && unacknowledged.peek().sequence() < next) {
            unacknowledged.remove();
        }
        acknowledged.publish(Math.max(next, acknowledged.read()));
        slot.wake();
    }
}

package io.millrace.taskmanager.network.netty;

import io.millrace.common.core.concurrent.FreeList;
import io.millrace.common.core.error.Check;
import io.millrace.common.core.memory.MemoryBudget;
import io.millrace.common.core.memory.MemoryReservation;
import io.millrace.taskmanager.network.NetworkSettings;
import io.millrace.taskmanager.network.wire.FrameWriter;
import org.jspecify.annotations.Nullable;

/**
 * The buffers that all sending ends of a data plane share, and the accounts of those that each has for itself. So a
 * channel always gets on with its own buffer, however many its neighbours hold.
 */
final class SendBufferPool {
    private static final String PURPOSE = "network.send";

    private final MemoryBudget budget;
    private final int payloadBytes;
    private final int shared;
    private final FreeList<SendBuffer> free;
    private final @Nullable MemoryReservation reservation;

    SendBufferPool(MemoryBudget budget, NetworkSettings.Buffers sizes) {
        this.budget = budget;
        this.payloadBytes = sizes.payloadBytes();
        this.shared = sizes.sharedSendBuffers();
        this.free = new FreeList<>(shared);
        this.reservation = shared == 0
                ? null
                : budget.reserve(PURPOSE, shared * bufferBytes()).orThrow();
        for (int i = 0; i < shared; i++) {
            free.give(new SendBuffer(payloadBytes, false));
        }
    }

    int payloadBytes() {
        return payloadBytes;
    }

    /** Any thread: reserves memory for a channel's own buffer, or throws with need and have. */
    MemoryReservation reserveOwn() {
        return budget.reserve(PURPOSE, bufferBytes()).orThrow();
    }

    /** Any thread: the buffer for which {@link #reserveOwn} reserved. */
    SendBuffer makeOwn() {
        return new SendBuffer(payloadBytes, true);
    }

    /** Any thread: a shared buffer, or null if all are in use. */
    @Nullable
    SendBuffer take() {
        return free.take();
    }

    /** Any thread: gives a shared buffer back. */
    void give(SendBuffer buffer) {
        Check.invariant(free.give(buffer), "a send buffer is given back twice");
    }

    /** Any thread. */
    int sharedInUse() {
        return shared - free.size();
    }

    /** After the event loops have ended. */
    void close() {
        if (reservation != null) {
            reservation.close();
        }
    }

    private long bufferBytes() {
        return (long) FrameWriter.DATA_HEADER_BYTES + payloadBytes;
    }
}

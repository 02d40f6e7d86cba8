package io.millrace.common.core.memory;

/** Bytes of a {@link MemoryBudget} that one owner may use until it closes this. For one thread at a time. */
public final class MemoryReservation implements AutoCloseable {
    private final MemoryBudget budget;
    private final String purpose;
    private final long bytes;
    private boolean closed;

    MemoryReservation(MemoryBudget budget, String purpose, long bytes) {
        this.budget = budget;
        this.purpose = purpose;
        this.bytes = bytes;
    }

    public String purpose() {
        return purpose;
    }

    public long bytes() {
        return bytes;
    }

    /** Gives the bytes back; the memory itself must no longer be in use. Idempotent. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            budget.give(purpose, bytes);
        }
    }
}

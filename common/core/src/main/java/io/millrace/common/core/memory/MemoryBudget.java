package io.millrace.common.core.memory;

import io.millrace.common.core.concurrent.Shared;
import io.millrace.common.core.error.Check;
import io.millrace.common.core.error.Outcome;
import io.millrace.common.core.error.Problem;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A fixed number of bytes that several purposes share. It counts and allocates nothing: whoever wants memory reserves
 * it first, keeps within the reservation, and closes it when the memory is gone. Any thread may reserve and read.
 */
public final class MemoryBudget {
    private final String name;
    private final long totalBytes;
    private final String setting;
    private final Shared<Ledger> ledger = new Shared<>(new Ledger(0, Map.of()));

    /**
     * @param name for messages and metrics, such as {@code network}
     * @param totalBytes what may be reserved at the same time
     * @param setting the configuration key that a user raises when it is too little
     */
    public MemoryBudget(String name, long totalBytes, String setting) {
        Check.argument(totalBytes > 0, "A memory budget is positive, found " + totalBytes);
        this.name = name;
        this.totalBytes = totalBytes;
        this.setting = setting;
    }

    public String name() {
        return name;
    }

    public long totalBytes() {
        return totalBytes;
    }

    public long reservedBytes() {
        return ledger.read().reservedBytes();
    }

    public long availableBytes() {
        return totalBytes - reservedBytes();
    }

    /** Reserved bytes by purpose, in alphabetical order; purposes that hold nothing are absent. */
    public Map<String, Long> byPurpose() {
        return ledger.read().byPurpose();
    }

    /**
     * Takes {@code bytes} out of the budget.
     *
     * @param purpose who holds it, one of a handful of fixed words such as {@code network.receive}
     * @return the reservation, or {@link MemoryErrors#MEMORY_BUDGET_EXHAUSTED} with need, have and who holds the rest
     */
    public Outcome<MemoryReservation> reserve(String purpose, long bytes) {
        Check.argument(bytes > 0, "A reservation is positive, found " + bytes);
        if (ledger.change(before -> bytes > totalBytes - before.reservedBytes() ? null : before.plus(purpose, bytes))) {
            return Outcome.success(new MemoryReservation(this, purpose, bytes));
        }
        Ledger full = ledger.read();
        return Outcome.failure(Problem.of(
                        MemoryErrors.MEMORY_BUDGET_EXHAUSTED,
                        "Memory '" + name + "' is used up: " + purpose + " needs " + bytes + " bytes, "
                                + (totalBytes - full.reservedBytes()) + " of " + totalBytes + " are left")
                .because("reserved: " + full.byPurpose())
                .fix("Raise " + setting + ", or lower the parallelism."));
    }

    void give(String purpose, long bytes) {
        ledger.change(before -> before.plus(purpose, -bytes));
    }

    private record Ledger(long reservedBytes, Map<String, Long> byPurpose) {

        Ledger plus(String purpose, long bytes) {
            Map<String, Long> changed = new TreeMap<>(byPurpose);
            long held = changed.getOrDefault(purpose, 0L) + bytes;
            Check.invariant(held >= 0, "more given back than reserved for " + purpose);
            if (held == 0) {
                changed.remove(purpose);
            } else {
                changed.put(purpose, held);
            }
            return new Ledger(reservedBytes + bytes, Collections.unmodifiableMap(changed));
        }
    }
}

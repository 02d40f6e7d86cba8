package io.millrace.jobmanager.control.resource;

import io.millrace.common.core.error.Check;
import io.millrace.common.core.id.JobId;
import io.millrace.common.core.id.SubtaskId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who holds the slots of one TaskManager. A slot is held by at most one job of this JobManager, or by tasks that this
 * JobManager did not place and is having cancelled; it is free when neither holds it.
 */
final class SlotTable {
    private final @Nullable JobId[] owners;
    private final Map<SubtaskId, Integer> foreign = new HashMap<>();

    SlotTable(int slots) {
        this.owners = new JobId[slots];
    }

    int total() {
        return owners.length;
    }

    int free() {
        int free = 0;
        for (int slot = 0; slot < owners.length; slot++) {
            free += isFree(slot) ? 1 : 0;
        }
        return free;
    }

    /** Gives the lowest free slot to a job. */
    int assign(JobId job) {
        for (int slot = 0; slot < owners.length; slot++) {
            if (isFree(slot)) {
                owners[slot] = job;
                return slot;
            }
        }
        throw new IllegalStateException("Invariant broken: assign without a free slot");
    }

    void release(JobId job) {
        for (int slot = 0; slot < owners.length; slot++) {
            if (job.equals(owners[slot])) {
                owners[slot] = null;
            }
        }
    }

    Optional<JobId> holderOf(int slot) {
        return slot < owners.length ? Optional.ofNullable(owners[slot]) : Optional.empty();
    }

    int heldBy(JobId job) {
        int held = 0;
        for (JobId owner : owners) {
            held += job.equals(owner) ? 1 : 0;
        }
        return held;
    }

    /** Forgets all foreign tasks, because the TaskManager is about to name those it has. */
    void clearForeign() {
        foreign.clear();
    }

    void holdForeign(SubtaskId subtask, int slot) {
        Check.argument(slot >= 0 && slot < owners.length, "Slot " + slot + " of " + owners.length);
        foreign.put(subtask, slot);
    }

    boolean releaseForeign(SubtaskId subtask) {
        return foreign.remove(subtask) != null;
    }

    private boolean isFree(int slot) {
        return owners[slot] == null && !foreign.containsValue(slot);
    }
}

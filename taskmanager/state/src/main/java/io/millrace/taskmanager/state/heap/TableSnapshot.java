package io.millrace.taskmanager.state.heap;

import io.millrace.taskmanager.state.entries.Bits;
import io.millrace.taskmanager.state.entries.BlockHeader;
import io.millrace.taskmanager.state.entries.BlockWriter;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One table's share of one snapshot, from the barrier until its fate is known. Plain state of its tracker. */
final class TableSnapshot {
    final long checkpoint;
    final PartChain.Plan plan;
    /** Entries to be written still. */
    final Bits pending = new Bits();

    final BlockWriter changedEntries;
    final BlockWriter baseEntries;
    /** Keys of entries that went, to be told by this snapshot. */
    List<ByteBuffer> gone = List.of();

    long goneEntries;

    /** What happened since the checkpoint before; null for a snapshot that shares no parts. */
    @Nullable
    Changes changes;

    /** The parts of the table as of this snapshot, once they are given. */
    @Nullable
    PartChain chain;

    private int position;

    TableSnapshot(long checkpoint, PartChain.Plan plan, long slice) {
        this.checkpoint = checkpoint;
        this.plan = plan;
        this.changedEntries = new BlockWriter(new BlockHeader(false, slice));
        this.baseEntries = new BlockWriter(new BlockHeader(false, slice));
    }

    /** Tells all that happened since the checkpoint that the plan is based on. */
    void tell(Changes since) {
        gone = since.gone();
        goneEntries = since.goneEntries();
        pending.addAll(since.changed());
    }

    /** Takes the next entry out of what is to be written, or {@link Bits#NONE}. */
    int next() {
        int entry = pending.next(position);
        if (entry != Bits.NONE) {
            pending.remove(entry);
            position = entry + 1;
        }
        return entry;
    }

    /** Where an entry is to be written. */
    BlockWriter blocksOf(int entry) {
        return plan.isInBase(entry) ? baseEntries : changedEntries;
    }

    long bytes() {
        return changedEntries.bytes() + baseEntries.bytes();
    }
}

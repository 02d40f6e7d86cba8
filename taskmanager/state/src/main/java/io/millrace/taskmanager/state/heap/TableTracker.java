package io.millrace.taskmanager.state.heap;

import io.millrace.common.core.error.Check;
import io.millrace.common.graph.snapshot.PartKind;
import io.millrace.taskmanager.state.SnapshotOutput;
import io.millrace.taskmanager.state.entries.Bits;
import io.millrace.taskmanager.state.entries.BlockHeader;
import io.millrace.taskmanager.state.entries.BlockWriter;
import io.millrace.taskmanager.state.entries.Snapshotted;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Knows which entries of one table changed since which checkpoint, and writes snapshots of it while it goes on being
 * changed. The table says every change before it makes it; then an entry that the snapshot still lacks is written
 * first.
 *
 * <p>What is written is based on the last checkpoint known complete, so what changed for checkpoints that are undecided
 * is written again. See docs/decisions/0009-heap-snapshots.md.
 */
final class TableTracker implements Snapshotted {
    private static final int NO_PART = -1;

    private final TableName name;
    private final PartKind base;
    private final PartKind delta;
    private final long slice;
    private final TrackedEntries entries;

    /** Changes since the last checkpoint began. */
    private Bits changed = new Bits();

    private BlockWriter removals;
    /** Entries that some checkpoint may hold, so that their end has to be told. */
    private final Bits stored = new Bits();

    private PartChain known = PartChain.NONE;
    /** Checkpoints whose fate is not known, in order. */
    private final ArrayDeque<TableSnapshot> undecided = new ArrayDeque<>();

    private @Nullable TableSnapshot writing;
    /** The snapshot that is complete but not given. */
    private @Nullable TableSnapshot written;

    /** @param slice the end of the slice that the table holds; 0 if it holds none */
    TableTracker(TableName name, long slice, TrackedEntries entries) {
        this.name = name;
        this.base = name.timers() ? PartKind.TIMERS : PartKind.KEYED_BASE;
        this.delta = name.timers() ? PartKind.TIMERS : PartKind.KEYED_DELTA;
        this.slice = slice;
        this.entries = entries;
        this.removals = newRemovals();
    }

    private BlockWriter newRemovals() {
        return new BlockWriter(new BlockHeader(true, slice));
    }

    /** An entry is about to get another content, or its number a new entry. */
    void beforeChange(int entry) {
        if (writing != null) {
            writeFirst(entry);
        }
        changed.add(entry);
    }

    /** The content of an entry is about to be handed to somebody who may change it. */
    void beforeHandOut(int entry) {
        if (writing != null) {
            writeFirst(entry);
        }
    }

    /** An entry is about to go. */
    void beforeRemoval(int entry) {
        if (writing != null) {
            writeFirst(entry);
        }
        if (stored.remove(entry)) {
            entries.writeKey(entry, removals.next());
            removals.entryWritten();
        }
    }

    private void writeFirst(int entry) {
        TableSnapshot snapshot = writing;
        if (snapshot != null && snapshot.pending.remove(entry)) {
            writeEntry(snapshot, entry);
        }
    }

    private void writeEntry(TableSnapshot snapshot, int entry) {
        if (entries.isPresent(entry)) {
            BlockWriter blocks = snapshot.blocksOf(entry);
            entries.write(entry, blocks.next());
            blocks.entryWritten();
            if (snapshot.changes != null) {
                stored.add(entry);
            }
        }
    }

    @Override
    public void begin(long checkpoint, boolean shared) {
        Check.invariant(writing == null && written == null, "a snapshot begins when the one before is given");
        TableSnapshot snapshot = shared ? beginShared(checkpoint) : beginWhole(checkpoint);
        int limit = Math.min(snapshot.plan.to(), entries.limit());
        for (int entry = snapshot.plan.from(); entry < limit; entry++) {
            if (entries.isPresent(entry)) {
                snapshot.pending.add(entry);
            }
        }
        writing = snapshot;
    }

    private TableSnapshot beginWhole(long checkpoint) {
        return new TableSnapshot(checkpoint, PartChain.NONE.plan(0, entries.limit()), slice);
    }

    private TableSnapshot beginShared(long checkpoint) {
        Changes latest = new Changes(changed, removals.finish(), removals.entries());
        changed = new Bits();
        removals = newRemovals();
        Changes since = latest;
        for (Iterator<TableSnapshot> before = undecided.descendingIterator(); before.hasNext(); ) {
            since = since.after(changesOf(before.next()));
        }
        PartChain.Plan plan =
                since.count() == 0 && !known.isNone() ? known.unchanged() : known.plan(since.count(), entries.limit());
        TableSnapshot snapshot = new TableSnapshot(checkpoint, plan, slice);
        snapshot.changes = latest;
        if (!plan.isFull()) {
            snapshot.tell(since);
        }
        undecided.addLast(snapshot);
        return snapshot;
    }

    @Override
    public long write(long bytes) {
        TableSnapshot snapshot = writing;
        if (snapshot == null) {
            return bytes;
        }
        long end = snapshot.bytes() + bytes;
        for (int entry = snapshot.next(); entry != Bits.NONE; entry = snapshot.next()) {
            writeEntry(snapshot, entry);
            if (snapshot.bytes() >= end) {
                return 0;
            }
        }
        writing = null;
        written = snapshot;
        return end - snapshot.bytes();
    }

    @Override
    public void end(SnapshotOutput out) {
        TableSnapshot snapshot = written;
        Check.invariant(snapshot != null, "a snapshot is given when it is written");
        written = null;
        snapshot.plan.next().keep(out);
        int deltaPart = NO_PART;
        List<ByteBuffer> changes = new ArrayList<>(snapshot.gone);
        changes.addAll(snapshot.changedEntries.finish());
        if (!changes.isEmpty()) {
            long count = snapshot.goneEntries + snapshot.changedEntries.entries();
            deltaPart = out.add(delta, name.state(), name.groups(), count, changes);
        }
        int basePart = NO_PART;
        long baseEntries = snapshot.baseEntries.entries();
        if (baseEntries > 0) {
            List<ByteBuffer> blocks = snapshot.baseEntries.finish();
            basePart = out.add(base, name.state(), name.groups(), baseEntries, blocks);
        }
        snapshot.chain = snapshot.plan.next().with(snapshot.plan, snapshot.checkpoint, deltaPart, basePart);
    }

    @Override
    public void completed(long checkpoint) {
        if (undecided.stream().noneMatch(snapshot -> snapshot.checkpoint == checkpoint)) {
            return;
        }
        TableSnapshot snapshot = undecided.removeFirst();
        while (snapshot.checkpoint != checkpoint) {
            snapshot = undecided.removeFirst();
        }
        PartChain chain = snapshot.chain;
        Check.invariant(chain != null, "checkpoint " + checkpoint + " is complete before its parts were given");
        known = chain;
    }

    @Override
    public void aborted(long checkpoint) {
        if (writing != null && writing.checkpoint == checkpoint) {
            writing = null;
        }
        if (written != null && written.checkpoint == checkpoint) {
            written = null;
        }
        Changes untold = null;
        for (Iterator<TableSnapshot> snapshots = undecided.iterator(); snapshots.hasNext(); ) {
            TableSnapshot snapshot = snapshots.next();
            if (untold != null) {
                snapshot.changes = changesOf(snapshot).after(untold);
                return;
            }
            if (snapshot.checkpoint == checkpoint) {
                untold = changesOf(snapshot);
                snapshots.remove();
            }
        }
        if (untold != null) {
            changed.addAll(untold.changed());
            removals.putFirst(untold.gone(), untold.goneEntries());
        }
    }

    private static Changes changesOf(TableSnapshot snapshot) {
        Changes changes = snapshot.changes;
        Check.invariant(changes != null, "only snapshots that share parts are undecided");
        return changes;
    }
}

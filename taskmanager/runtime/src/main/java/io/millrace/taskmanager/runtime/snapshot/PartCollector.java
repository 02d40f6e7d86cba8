package io.millrace.taskmanager.runtime.snapshot;

import io.millrace.common.graph.snapshot.PartKind;
import io.millrace.taskmanager.state.KeyGroups;
import io.millrace.taskmanager.state.SnapshotOutput;
import java.nio.ByteBuffer;
import java.util.List;

/** Takes the parts of one operator. For the slot's thread. */
public final class PartCollector implements SnapshotOutput {
    private final int operator;
    private final List<SnapshotPart> parts;
    private final List<EarlierPart> earlier;

    /**
     * @param parts to which the operator's new ones are added
     * @param earlier to which those of earlier snapshots are
     */
    public PartCollector(int operator, List<SnapshotPart> parts, List<EarlierPart> earlier) {
        this.operator = operator;
        this.parts = parts;
        this.earlier = earlier;
    }

    /** Adds a part without keys of which the operator has one. */
    public void add(PartKind kind, long entries, ByteBuffer block) {
        parts.add(new SnapshotPart(operator, kind, "", 0, 0, entries, List.of(block)));
    }

    /** Adds a part without keys of one of the operator's states. */
    public void add(PartKind kind, String state, long entries, List<ByteBuffer> blocks) {
        parts.add(new SnapshotPart(operator, kind, state, 0, 0, entries, blocks));
    }

    /** As {@link #add(PartKind, long, ByteBuffer)}, of several blocks. */
    public void add(PartKind kind, long entries, List<ByteBuffer> blocks) {
        parts.add(new SnapshotPart(operator, kind, "", 0, 0, entries, blocks));
    }

    @Override
    public int add(PartKind kind, String state, KeyGroups groups, long entries, List<ByteBuffer> blocks) {
        parts.add(new SnapshotPart(operator, kind, state, groups.from(), groups.to(), entries, blocks));
        return parts.size() - 1;
    }

    @Override
    public void keep(long checkpoint, int part) {
        earlier.add(new EarlierPart(operator, checkpoint, part));
    }
}

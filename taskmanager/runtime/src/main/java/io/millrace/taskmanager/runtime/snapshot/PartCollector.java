package io.millrace.taskmanager.runtime.snapshot;

import io.millrace.common.graph.snapshot.PartKind;
import java.nio.ByteBuffer;
import java.util.List;

/** Takes the parts of one operator. For the slot's thread. */
public final class PartCollector {
    private final int operator;
    private final List<SnapshotPart> parts;

    /** @param parts to which the operator's are added */
    public PartCollector(int operator, List<SnapshotPart> parts) {
        this.operator = operator;
        this.parts = parts;
    }

    /** Adds a part without keys of which the operator has one. */
    public void add(PartKind kind, long entries, ByteBuffer block) {
        parts.add(new SnapshotPart(operator, kind, "", 0, 0, entries, List.of(block)));
    }
}

package io.millrace.taskmanager.runtime.snapshot;

import io.millrace.common.core.error.Check;
import io.millrace.common.graph.snapshot.PartKind;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A part of a task's snapshot before it has its place in a file.
 *
 * @param operator its id in the job graph
 * @param state the name of the state; empty for kinds of which an operator has one
 * @param fromGroup first key group
 * @param toGroup first key group beyond; equal to {@code fromGroup} for kinds without keys
 * @param entries how many entries the blocks hold
 * @param blocks handed over: nobody changes them afterwards
 */
public record SnapshotPart(
        int operator, PartKind kind, String state, int fromGroup, int toGroup, long entries, List<ByteBuffer> blocks) {
    public SnapshotPart {
        Check.argument(0 <= fromGroup && fromGroup <= toGroup && entries >= 0, "A part has a negative number");
        blocks = List.copyOf(blocks);
    }

    /** In bytes, without the headers that blocks get in a file. */
    public long bytes() {
        return blocks.stream().mapToLong(ByteBuffer::remaining).sum();
    }
}

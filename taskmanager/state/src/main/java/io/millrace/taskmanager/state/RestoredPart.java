package io.millrace.taskmanager.state;

import io.millrace.common.graph.snapshot.PartKind;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A part of keyed state as it was read from a snapshot.
 *
 * @param fromGroup the first key group that it speaks for; entries of keys outside of its range do not count
 * @param toGroup the first beyond
 * @param blocks checked
 */
public record RestoredPart(
        PartKind kind, String state, int fromGroup, int toGroup, long entries, List<ByteBuffer> blocks) {
    public RestoredPart {
        blocks = List.copyOf(blocks);
    }
}

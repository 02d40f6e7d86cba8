package io.millrace.taskmanager.server.checkpoint;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * What one checkpoint needs stored from this TaskManager.
 *
 * @param parts the blocks of each, at least one part
 */
public record SegmentRequest(RunOfJob run, long checkpoint, List<List<ByteBuffer>> parts) {
    public SegmentRequest {
        parts = List.copyOf(parts);
    }
}

package io.millrace.jobmanager.control.contract;

import io.millrace.common.graph.snapshot.SegmentFile;
import io.millrace.common.graph.snapshot.StatePart;
import java.util.List;

/**
 * A file to be made of parts of others, which lie in the place of the job's own checkpoints.
 *
 * @param file as it will be: its length is that of its header and of all parts
 * @param parts in their order in the new file
 */
public record FileCopy(SegmentFile file, List<Part> parts) {
    public FileCopy {
        parts = List.copyOf(parts);
    }

    /** @param part where it lies in the file that it is taken from */
    public record Part(SegmentFile from, StatePart part) {}
}

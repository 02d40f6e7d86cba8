package io.millrace.taskmanager.server.checkpoint;

import io.millrace.common.graph.snapshot.SegmentFile;
import java.util.List;

/**
 * Where the parts of a {@link SegmentRequest} are now.
 *
 * @param files those that were written
 * @param places one for each part, in the order of the request
 */
public record WrittenParts(List<SegmentFile> files, List<Place> places) {
    public WrittenParts {
        files = List.copyOf(files);
        places = List.copyOf(places);
    }

    /**
     * Where one part is.
     *
     * @param file its index among the files
     * @param offset of its first block, in bytes
     * @param length of all its blocks with their headers, in bytes
     */
    public record Place(int file, long offset, long length) {}
}

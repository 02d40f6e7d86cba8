package io.millrace.taskmanager.server.checkpoint;

import io.millrace.common.graph.snapshot.SegmentFile;
import io.millrace.common.graph.snapshot.StatePart;
import io.millrace.taskmanager.runtime.snapshot.SnapshotPart;

/**
 * A part of a snapshot that has its place in a file.
 *
 * @param operator its id in the job graph
 * @param part whose index of the file says nothing yet
 */
record LocatedPart(int operator, SegmentFile file, StatePart part) {

    static LocatedPart of(SnapshotPart part, WrittenParts written, WrittenParts.Place place) {
        return new LocatedPart(
                part.operator(),
                written.files().get(place.file()),
                new StatePart(
                        part.kind(),
                        part.state(),
                        part.fromGroup(),
                        part.toGroup(),
                        0,
                        place.offset(),
                        place.length(),
                        part.entries()));
    }

    StatePart inFile(int index) {
        return new StatePart(
                part.kind(),
                part.state(),
                part.fromGroup(),
                part.toGroup(),
                index,
                part.offset(),
                part.length(),
                part.entries());
    }
}

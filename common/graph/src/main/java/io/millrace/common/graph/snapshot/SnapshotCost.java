package io.millrace.common.graph.snapshot;

import io.millrace.common.core.error.Check;

/**
 * What one subtask's snapshot took.
 *
 * @param stateBytes everything that a restore would read, whichever checkpoint wrote it
 * @param writtenBytes what was written for this checkpoint
 * @param alignmentMs from the first barrier to the last
 * @param synchronousMs in which the subtask did nothing else
 * @param asynchronousMs from there until its part was durable
 */
public record SnapshotCost(
        long stateBytes, long writtenBytes, long alignmentMs, long synchronousMs, long asynchronousMs) {
    public static final SnapshotCost NONE = new SnapshotCost(0, 0, 0, 0, 0);

    public SnapshotCost {
        Check.argument(stateBytes >= 0 && writtenBytes >= 0, "Sizes of a snapshot are not negative");
        Check.argument(
                alignmentMs >= 0 && synchronousMs >= 0 && asynchronousMs >= 0, "Times of a snapshot are not negative");
    }
}

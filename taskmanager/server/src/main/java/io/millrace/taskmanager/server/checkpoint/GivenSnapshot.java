package io.millrace.taskmanager.server.checkpoint;

import io.millrace.common.core.id.SubtaskId;
import io.millrace.taskmanager.runtime.snapshot.EarlierPart;
import io.millrace.taskmanager.runtime.snapshot.TaskSnapshot;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A task's snapshot as it came.
 *
 * @param earlier where the parts of earlier snapshots lie that belong to it, in its order
 * @param unknown a part that it names and nobody knows; null if all are known
 * @param atNanos when it came
 */
record GivenSnapshot(
        SubtaskId task,
        TaskSnapshot snapshot,
        Map<EarlierPart, LocatedPart> earlier,
        @Nullable EarlierPart unknown,
        long atNanos) {}

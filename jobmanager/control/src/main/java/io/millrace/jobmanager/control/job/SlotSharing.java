package io.millrace.jobmanager.control.job;

import io.millrace.common.graph.JobGraph;
import io.millrace.common.graph.JobVertex;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How subtasks share slots: each slot sharing group has as many slots as its widest vertex, and subtask i of every
 * vertex of the group lives in the group's slot i. So a slot holds at most one subtask of each vertex, and neighbours
 * of one index share a process.
 */
final class SlotSharing {
    private final Map<String, Integer> firstSlotOfGroup = new LinkedHashMap<>();
    private final int slotsNeeded;

    SlotSharing(JobGraph graph) {
        Map<String, Integer> widths = new LinkedHashMap<>();
        for (JobVertex vertex : graph.vertices()) {
            widths.merge(vertex.slotSharingGroup(), vertex.parallelism(), Math::max);
        }
        int next = 0;
        for (Map.Entry<String, Integer> group : widths.entrySet()) {
            firstSlotOfGroup.put(group.getKey(), next);
            next += group.getValue();
        }
        this.slotsNeeded = next;
    }

    int slotsNeeded() {
        return slotsNeeded;
    }

    /** Which of the job's slots, counted from 0, subtask {@code index} of {@code vertex} lives in. */
    int slotOf(JobVertex vertex, int index) {
        Integer first = firstSlotOfGroup.get(vertex.slotSharingGroup());
        if (first == null) {
            throw new IllegalArgumentException("No group '" + vertex.slotSharingGroup() + "' in this job");
        }
        return first + index;
    }
}

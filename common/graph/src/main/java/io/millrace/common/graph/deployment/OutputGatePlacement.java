package io.millrace.common.graph.deployment;

import io.millrace.common.graph.JobEdge;
import io.millrace.common.graph.KeyGroupRouting;
import java.util.List;

/**
 * One outgoing edge of a subtask with a channel for each consuming subtask that it feeds, in order of their index.
 *
 * @param targetParallelism subtasks of the consuming vertex
 * @param routing owners of the key groups; used by hash exchanges only
 */
public record OutputGatePlacement(
        JobEdge edge, int targetParallelism, KeyGroupRouting routing, List<ChannelPlacement> channels) {

    public OutputGatePlacement {
        channels = List.copyOf(channels);
    }
}

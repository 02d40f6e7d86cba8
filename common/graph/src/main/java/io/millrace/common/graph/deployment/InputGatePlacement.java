package io.millrace.common.graph.deployment;

import io.millrace.common.graph.JobEdge;
import java.util.List;

/** One incoming edge of a subtask with a channel for each producing subtask that feeds it, in order of their index. */
public record InputGatePlacement(JobEdge edge, List<ChannelPlacement> channels) {

    public InputGatePlacement {
        channels = List.copyOf(channels);
    }
}

package io.millrace.taskmanager.runtime.task;

import io.millrace.common.graph.JobGraph;

/** A job that is interrupted and goes on in a {@link RestoreFlowTest}. */
interface FlowJob {
    /** How many it runs on. */
    int processes();

    JobGraph graph();
}

package io.millrace.client.cli.cluster;

import io.millrace.common.graph.status.JobEnd;
import io.millrace.common.graph.status.JobSummary;
import io.millrace.common.graph.status.PrintedLines;

/** What happens to a job that is followed, in order. */
public sealed interface OutputEvent {

    record Lines(PrintedLines lines) implements OutputEvent {}

    /** The job entered another status. */
    record Progress(JobSummary summary) implements OutputEvent {}

    /** Always the last. */
    record End(JobEnd end) implements OutputEvent {}
}

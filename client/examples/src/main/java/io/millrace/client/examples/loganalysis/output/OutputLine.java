package io.millrace.client.examples.loganalysis.output;

/** One line the job writes. Field names and order are part of the job's contract. */
public sealed interface OutputLine
        permits SecurityAlert,
                CountedSecurityAlert,
                AnomalyAlert,
                UserMetrics,
                RunningMetrics,
                LateEvent,
                RejectedLine {

    /** The line as one JSON object, without a line break. Its first field is {@code type}. */
    String toJson();
}

package io.millrace.jobmanager.control.contract;

/** One gateway stream, from its opening to its end. A TaskManager that connects again has a new session. */
public record Session(long number) {}

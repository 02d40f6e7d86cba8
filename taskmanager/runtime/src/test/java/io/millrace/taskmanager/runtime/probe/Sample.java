package io.millrace.taskmanager.runtime.probe;

/** As {@link Reading}, immutable: shared between tasks of a process. */
public record Sample(String sensor, long timestamp, long sequence, double value, String note) {}

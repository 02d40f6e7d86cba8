package io.millrace.api.eventtime;

import java.io.Serializable;

/** A {@link TimestampAssigner} that may be a lambda in a job. */
@FunctionalInterface
public interface SerializableTimestampAssigner<T> extends TimestampAssigner<T>, Serializable {}

package io.millrace.client.connectors.kafka.source;

import io.millrace.api.source.SourceEvent;

/**
 * Tells a reader that it has got all the splits there are for it now: if that is none, it has nothing to wait for.
 *
 * @param partitions how many there are for all readers
 */
public record SplitsDealt(int partitions) implements SourceEvent {}

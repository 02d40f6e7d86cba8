package io.millrace.client.connectors.kafka.source;

import io.millrace.api.source.SourceOutput;

/** A split, how far it is read and where its elements go. */
final class SplitInProgress<T> {
    private final KafkaPartitionSplit split;
    private final SourceOutput<T> output;
    private long position;

    SplitInProgress(KafkaPartitionSplit split, SourceOutput<T> output) {
        this.split = split;
        this.output = output;
        this.position = split.position();
    }

    SourceOutput<T> output() {
        return output;
    }

    boolean isToRead(long offset) {
        return offset < split.stop();
    }

    void advance(long newPosition) {
        position = newPosition;
    }

    boolean isAtEnd() {
        return position >= split.stop();
    }

    KafkaPartitionSplit state() {
        return split.at(position);
    }
}

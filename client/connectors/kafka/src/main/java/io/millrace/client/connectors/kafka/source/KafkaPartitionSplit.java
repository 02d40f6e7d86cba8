package io.millrace.client.connectors.kafka.source;

import io.millrace.api.source.SourceSplit;
import org.apache.kafka.common.TopicPartition;

/**
 * A partition and what is to be read of it.
 *
 * @param position the offset of the next record to read
 * @param stop the offset to stop before; {@link #NEVER} reads on for ever
 */
public record KafkaPartitionSplit(String topic, int partition, long position, long stop) implements SourceSplit {
    public static final long NEVER = Long.MAX_VALUE;

    @Override
    public String splitId() {
        return topic + "-" + partition;
    }

    TopicPartition topicPartition() {
        return new TopicPartition(topic, partition);
    }

    KafkaPartitionSplit at(long newPosition) {
        return new KafkaPartitionSplit(topic, partition, newPosition, stop);
    }

    boolean isAtEnd() {
        return position >= stop;
    }
}

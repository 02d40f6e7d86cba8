package io.millrace.client.connectors.kafka.source;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** The first record of a time or later, else behind the newest. */
record TimestampOffsets(long timestamp) implements OffsetsInitializer {

    @Override
    public Map<TopicPartition, Long> getPartitionOffsets(
            Collection<TopicPartition> partitions, PartitionOffsetsRetriever retriever) throws InterruptedException {
        Map<TopicPartition, Long> times = new HashMap<>();
        partitions.forEach(partition -> times.put(partition, timestamp));
        Map<TopicPartition, Long> offsets = new HashMap<>(retriever.endOffsets(partitions));
        offsets.putAll(retriever.offsetsForTimes(times));
        return offsets;
    }
}

package io.millrace.client.connectors.kafka.source;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** Offsets by partition, else where {@code otherwise} says. */
record GivenOffsets(Map<TopicPartition, Long> offsets, OffsetResetStrategy otherwise) implements OffsetsInitializer {

    @Override
    public Map<TopicPartition, Long> getPartitionOffsets(
            Collection<TopicPartition> partitions, PartitionOffsetsRetriever retriever) throws InterruptedException {
        Set<TopicPartition> missing = new HashSet<>(partitions);
        missing.removeAll(offsets.keySet());
        Map<TopicPartition, Long> found = new HashMap<>(offsets);
        found.keySet().retainAll(partitions);
        found.putAll(CommittedOffsets.of(otherwise, missing, retriever));
        return found;
    }
}

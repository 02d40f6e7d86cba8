package io.millrace.client.connectors.kafka.source;

import io.millrace.client.connectors.kafka.KafkaErrors;
import io.millrace.common.core.error.Problem;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** What the group committed, else where {@code otherwise} says. */
record CommittedOffsets(OffsetResetStrategy otherwise) implements OffsetsInitializer {

    @Override
    public Map<TopicPartition, Long> getPartitionOffsets(
            Collection<TopicPartition> partitions, PartitionOffsetsRetriever retriever) throws InterruptedException {
        Map<TopicPartition, Long> offsets = new HashMap<>(retriever.committedOffsets(partitions));
        Set<TopicPartition> missing = new HashSet<>(partitions);
        missing.removeAll(offsets.keySet());
        offsets.putAll(of(otherwise, missing, retriever));
        return offsets;
    }

    static Map<TopicPartition, Long> of(
            OffsetResetStrategy strategy, Set<TopicPartition> partitions, PartitionOffsetsRetriever retriever)
            throws InterruptedException {
        if (partitions.isEmpty()) {
            return Map.of();
        }
        return switch (strategy) {
            case EARLIEST -> retriever.beginningOffsets(partitions);
            case LATEST -> retriever.endOffsets(partitions);
            case NONE ->
                throw Problem.of(
                                KafkaErrors.KAFKA_NO_COMMITTED_OFFSET,
                                "Nothing says where to start reading " + partitions)
                        .because("the group has committed no offset there")
                        .fix("Give another starting point for such partitions, such as"
                                + " committedOffsets(OffsetResetStrategy.EARLIEST)")
                        .asException();
        };
    }
}

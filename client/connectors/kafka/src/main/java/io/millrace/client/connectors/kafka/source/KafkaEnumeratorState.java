package io.millrace.client.connectors.kafka.source;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * What an enumerator has found and dealt out.
 *
 * @param known every partition found so far
 * @param topicIds of the topics they belong to, by name
 * @param unassigned splits that no reader has yet
 * @param listed whether the partitions that were there at first were found: those that come later are read from their
 *     beginning
 */
public record KafkaEnumeratorState(
        Set<TopicPartition> known, Map<String, String> topicIds, List<KafkaPartitionSplit> unassigned, boolean listed) {
    static final KafkaEnumeratorState START = new KafkaEnumeratorState(Set.of(), Map.of(), List.of(), false);

    public KafkaEnumeratorState {
        known = Set.copyOf(known);
        topicIds = Map.copyOf(topicIds);
        unassigned = List.copyOf(unassigned);
    }
}

package io.millrace.client.connectors.kafka.source;

import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * The partitions there are.
 *
 * @param ids what tells a topic from another one of the same name, by name; without those of clusters that have none
 */
record FoundTopics(Set<TopicPartition> partitions, Map<String, String> ids) {}

package io.millrace.client.connectors.kafka.source;

import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/**
 * What one poll brought.
 *
 * @param records with the position behind them for each partition, also where there were only markers to skip
 * @param quiet partitions that are read to their end and had nothing new for a while
 */
record FetchedBatch(ConsumerRecords<byte[], byte[]> records, Set<TopicPartition> quiet) {}

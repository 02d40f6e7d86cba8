package io.millrace.client.connectors.kafka.source;

import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** What the enumerator asks the cluster. Calls block for some seconds at most; any thread. */
interface KafkaCluster extends OffsetsInitializer.PartitionOffsetsRetriever, AutoCloseable {

    /**
     * The partitions of the topics to read.
     *
     * @throws io.millrace.common.core.error.MillraceException {@code KAFKA_TOPIC_MISSING}
     */
    Set<TopicPartition> partitions() throws InterruptedException;

    @Override
    void close();
}

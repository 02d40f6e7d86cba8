package io.millrace.client.connectors.kafka.source;

/** What the enumerator asks the cluster. Calls block for some seconds at most; any thread. */
interface KafkaCluster extends OffsetsInitializer.PartitionOffsetsRetriever, AutoCloseable {

    /**
     * The topics to read as they are now.
     *
     * @throws io.millrace.common.core.error.MillraceException {@code KAFKA_TOPIC_MISSING}
     */
    FoundTopics topics() throws InterruptedException;

    @Override
    void close();
}

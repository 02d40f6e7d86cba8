package io.millrace.client.connectors.kafka.sink;

/** What a record serializer knows of its writer. */
public interface KafkaSinkContext {
    int getParallelInstanceId();

    int getNumberOfParallelInstances();

    /** The partitions of a topic, ascending; asks the cluster the first time. */
    int[] getPartitionsForTopic(String topic);
}

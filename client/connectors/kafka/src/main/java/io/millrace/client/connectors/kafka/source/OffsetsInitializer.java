package io.millrace.client.connectors.kafka.source;

import java.io.Serializable;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Says where reading starts or stops. Asked once for the partitions that are there when a job starts afresh; a restored
 * job goes on where its checkpoint says, and partitions that appear later are read from their beginning.
 */
@FunctionalInterface
public interface OffsetsInitializer extends Serializable {

    /** @return an offset for each partition; called on a thread that may block */
    Map<TopicPartition, Long> getPartitionOffsets(
            Collection<TopicPartition> partitions, PartitionOffsetsRetriever retriever) throws InterruptedException;

    /** The oldest record. */
    static OffsetsInitializer earliest() {
        return (partitions, retriever) -> retriever.beginningOffsets(partitions);
    }

    /** Behind the newest record. */
    static OffsetsInitializer latest() {
        return (partitions, retriever) -> retriever.endOffsets(partitions);
    }

    /** What the group committed; a partition without a committed offset fails the job. */
    static OffsetsInitializer committedOffsets() {
        return committedOffsets(OffsetResetStrategy.NONE);
    }

    /** What the group committed, else {@code otherwise}. */
    static OffsetsInitializer committedOffsets(OffsetResetStrategy otherwise) {
        return new CommittedOffsets(otherwise);
    }

    /**
     * The first record of that time or later, else behind the newest.
     *
     * @param timestamp milliseconds since 1970-01-01T00:00Z
     */
    static OffsetsInitializer timestamp(long timestamp) {
        return new TimestampOffsets(timestamp);
    }

    /** These; for other partitions the oldest record. */
    static OffsetsInitializer offsets(Map<TopicPartition, Long> offsets) {
        return offsets(offsets, OffsetResetStrategy.EARLIEST);
    }

    /** These; for other partitions {@code otherwise}. */
    static OffsetsInitializer offsets(Map<TopicPartition, Long> offsets, OffsetResetStrategy otherwise) {
        return new GivenOffsets(Map.copyOf(offsets), otherwise);
    }

    /** Asks the cluster; calls block. */
    interface PartitionOffsetsRetriever {

        /** Only for partitions of which the group has committed an offset. */
        Map<TopicPartition, Long> committedOffsets(Collection<TopicPartition> partitions) throws InterruptedException;

        Map<TopicPartition, Long> beginningOffsets(Collection<TopicPartition> partitions) throws InterruptedException;

        /** Behind the last record that the source would read now. */
        Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions) throws InterruptedException;

        /** Only for partitions with a record of the time asked for or later. */
        Map<TopicPartition, Long> offsetsForTimes(Map<TopicPartition, Long> timestamps) throws InterruptedException;
    }
}

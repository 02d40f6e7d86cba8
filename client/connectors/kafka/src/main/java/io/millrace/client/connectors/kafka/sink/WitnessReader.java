package io.millrace.client.connectors.kafka.sink;

import io.millrace.client.connectors.kafka.AdminCalls;
import io.millrace.client.connectors.kafka.KafkaClients;
import io.millrace.client.connectors.kafka.sink.TransactionCoordinator.Visibility;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Looks at one record as a committed reader does. A log keeps the verdict on a transaction for as long as it keeps its
 * records, while the coordinator forgets it with the next transaction of the producer.
 */
final class WitnessReader {
    private static final Duration POLL = Duration.ofSeconds(10);

    private final Consumer<byte[], byte[]> consumer;

    WitnessReader(Map<String, String> properties) {
        Map<String, String> reading = new HashMap<>(properties);
        reading.put("isolation.level", "read_committed");
        reading.put("enable.auto.commit", "false");
        reading.put("auto.offset.reset", "none");
        reading.put("max.poll.records", "1");
        reading.put("allow.auto.create.topics", "false");
        consumer = KafkaClients.consumer(reading);
    }

    Visibility read(RecordPlace record, Admin admin) throws InterruptedException {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        try {
            long begin = consumer.beginningOffsets(Set.of(partition)).getOrDefault(partition, Long.MAX_VALUE);
            if (begin > record.offset()) {
                return Visibility.GONE;
            }
            // For a committed reader the log ends before the first record of an open transaction.
            long end = consumer.endOffsets(Set.of(partition)).getOrDefault(partition, 0L);
            if (end <= record.offset()) {
                return Visibility.UNDECIDED;
            }
            if (isVisible(partition, record.offset(), end)) {
                return Visibility.VISIBLE;
            }
            return isCompacted(record.topic(), admin) ? Visibility.GONE : Visibility.ABORTED;
        } catch (UnknownTopicOrPartitionException e) {
            return Visibility.GONE;
        }
    }

    private boolean isVisible(TopicPartition partition, long offset, long end) {
        consumer.assign(List.of(partition));
        consumer.seek(partition, offset);
        long position = offset;
        while (position <= offset && position < end) {
            List<ConsumerRecord<byte[], byte[]>> records = consumer.poll(POLL).records(partition);
            if (!records.isEmpty()) {
                return records.get(0).offset() == offset;
            }
            long next = consumer.position(partition);
            if (next == position) {
                throw new TimeoutException("nothing was read from " + partition + " at " + offset);
            }
            position = next;
        }
        return false;
    }

    private static boolean isCompacted(String topic, Admin admin) throws InterruptedException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        ConfigEntry policy = AdminCalls.await(
                        admin.describeConfigs(List.of(resource)).values().get(resource))
                .get("cleanup.policy");
        return policy == null || policy.value() == null || policy.value().contains("compact");
    }

    void close() {
        consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ZERO));
    }
}

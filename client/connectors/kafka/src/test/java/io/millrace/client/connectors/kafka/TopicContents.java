package io.millrace.client.connectors.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/** What a topic holds, read and written from outside. */
public final class TopicContents {

    private TopicContents() {}

    /** The values that committed readers see now, in order within a partition. */
    public static List<String> committed(KafkaBroker broker, String topic) {
        return values(broker, topic, "read_committed");
    }

    /** The same of all readers. */
    public static List<String> written(KafkaBroker broker, String topic) {
        return values(broker, topic, "read_uncommitted");
    }

    /** The values that committed readers see once no transaction is open in the topic any more. */
    public static List<String> settled(KafkaBroker broker, String topic) {
        try (Consumer<byte[], byte[]> all = consumer(broker, "read_uncommitted");
                Consumer<byte[], byte[]> committed = consumer(broker, "read_committed")) {
            List<TopicPartition> partitions = partitions(all, topic);
            while (!all.endOffsets(partitions).equals(committed.endOffsets(partitions))) {
                Thread.onSpinWait();
            }
        }
        return committed(broker, topic);
    }

    private static List<String> values(KafkaBroker broker, String topic, String isolation) {
        try (Consumer<byte[], byte[]> consumer = consumer(broker, isolation)) {
            List<TopicPartition> partitions = partitions(consumer, topic);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<String> values = new ArrayList<>();
            Predicate<TopicPartition> unread = partition -> consumer.position(partition) < ends.get(partition);
            while (partitions.stream().anyMatch(unread)) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    values.add(new String(record.value(), StandardCharsets.UTF_8));
                }
            }
            return values;
        }
    }

    private static List<TopicPartition> partitions(Consumer<byte[], byte[]> consumer, String topic) {
        return consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
    }

    private static Consumer<byte[], byte[]> consumer(KafkaBroker broker, String isolation) {
        Map<String, String> properties = broker.properties();
        properties.put("isolation.level", isolation);
        properties.put("enable.auto.commit", "false");
        return KafkaClients.consumer(properties);
    }

    /** Writes values into one partition and waits for them. */
    public static void write(KafkaBroker broker, String topic, int partition, List<String> values) throws Exception {
        try (Producer<byte[], byte[]> producer = KafkaClients.producer(broker.properties())) {
            List<Future<RecordMetadata>> written = new ArrayList<>();
            for (String value : values) {
                byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
                written.add(producer.send(new ProducerRecord<>(topic, partition, null, bytes)));
            }
            for (Future<RecordMetadata> record : written) {
                record.get();
            }
        }
    }
}

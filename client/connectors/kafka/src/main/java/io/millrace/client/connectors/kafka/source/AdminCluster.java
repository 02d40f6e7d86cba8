package io.millrace.client.connectors.kafka.source;

import io.millrace.client.connectors.kafka.AdminCalls;
import io.millrace.client.connectors.kafka.KafkaClients;
import io.millrace.client.connectors.kafka.KafkaErrors;
import io.millrace.client.connectors.kafka.TopicNames;
import io.millrace.common.core.error.Problem;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** Asks a real cluster. The client is made with the first call, on a thread that may block. */
final class AdminCluster implements KafkaCluster {
    private final KafkaSourceSettings settings;
    private @Nullable Admin admin;

    AdminCluster(KafkaSourceSettings settings) {
        this.settings = settings;
    }

    private synchronized Admin admin() {
        Admin open = admin;
        if (open == null) {
            open = KafkaClients.admin(settings.admin());
            admin = open;
        }
        return open;
    }

    @Override
    public FoundTopics topics() throws InterruptedException {
        Map<String, KafkaFuture<TopicDescription>> answers =
                admin().describeTopics(names()).topicNameValues();
        Set<TopicPartition> found = new HashSet<>();
        Map<String, String> ids = new HashMap<>();
        for (Map.Entry<String, KafkaFuture<TopicDescription>> answer : answers.entrySet()) {
            TopicDescription topic = described(answer);
            for (TopicPartitionInfo partition : topic.partitions()) {
                found.add(new TopicPartition(answer.getKey(), partition.partition()));
            }
            if (!Uuid.ZERO_UUID.equals(topic.topicId())) {
                ids.put(answer.getKey(), topic.topicId().toString());
            }
        }
        return new FoundTopics(found, ids);
    }

    private Collection<String> names() throws InterruptedException {
        Pattern pattern = settings.pattern();
        if (pattern == null) {
            return settings.topics();
        }
        return AdminCalls.await(admin().listTopics().names()).stream()
                .filter(pattern.asMatchPredicate())
                .toList();
    }

    private TopicDescription described(Map.Entry<String, KafkaFuture<TopicDescription>> answer)
            throws InterruptedException {
        try {
            return AdminCalls.await(answer.getValue());
        } catch (UnknownTopicOrPartitionException e) {
            List<String> near = TopicNames.near(
                    answer.getKey(), AdminCalls.await(admin().listTopics().names()));
            throw TopicNames.missing(answer.getKey(), settings.brokers(), near, settings.place(), e);
        }
    }

    @Override
    public Map<TopicPartition, Long> committedOffsets(Collection<TopicPartition> partitions)
            throws InterruptedException {
        if (settings.group().isEmpty()) {
            throw Problem.of(
                            KafkaErrors.KAFKA_SETTING_INVALID,
                            "Committed offsets are those of a group, and none is set")
                    .at(settings.place())
                    .fix("Call setGroupId")
                    .asException();
        }
        Map<TopicPartition, OffsetAndMetadata> committed = AdminCalls.await(
                admin().listConsumerGroupOffsets(settings.group()).partitionsToOffsetAndMetadata());
        Map<TopicPartition, Long> offsets = new HashMap<>();
        for (TopicPartition partition : partitions) {
            OffsetAndMetadata offset = committed.get(partition);
            if (offset != null) {
                offsets.put(partition, offset.offset());
            }
        }
        return offsets;
    }

    @Override
    public Map<TopicPartition, Long> beginningOffsets(Collection<TopicPartition> partitions)
            throws InterruptedException {
        return offsets(same(partitions, OffsetSpec.earliest()));
    }

    @Override
    public Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions) throws InterruptedException {
        return offsets(same(partitions, OffsetSpec.latest()));
    }

    @Override
    public Map<TopicPartition, Long> offsetsForTimes(Map<TopicPartition, Long> timestamps) throws InterruptedException {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        timestamps.forEach((partition, time) -> asked.put(partition, OffsetSpec.forTimestamp(time)));
        return offsets(asked);
    }

    private static Map<TopicPartition, OffsetSpec> same(Collection<TopicPartition> partitions, OffsetSpec spec) {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        partitions.forEach(partition -> asked.put(partition, spec));
        return asked;
    }

    private Map<TopicPartition, Long> offsets(Map<TopicPartition, OffsetSpec> asked) throws InterruptedException {
        IsolationLevel isolation =
                settings.isReadingCommitted() ? IsolationLevel.READ_COMMITTED : IsolationLevel.READ_UNCOMMITTED;
        Map<TopicPartition, ListOffsetsResultInfo> answers = AdminCalls.await(
                admin().listOffsets(asked, new ListOffsetsOptions(isolation)).all());
        Map<TopicPartition, Long> offsets = new HashMap<>();
        answers.forEach((partition, answer) -> {
            if (answer.offset() >= 0) {
                offsets.put(partition, answer.offset());
            }
        });
        return offsets;
    }

    @Override
    public synchronized void close() {
        if (admin != null) {
            admin.close(java.time.Duration.ZERO);
            admin = null;
        }
    }
}

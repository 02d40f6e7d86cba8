package io.millrace.client.connectors.kafka.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.api.serialization.DeserializationSchema;
import io.millrace.api.serialization.SimpleStringSchema;
import io.millrace.api.types.TypeInformation;
import io.millrace.api.types.Types;
import io.millrace.client.connectors.kafka.AdminCalls;
import io.millrace.client.connectors.kafka.KafkaBroker;
import io.millrace.client.connectors.kafka.KafkaClients;
import io.millrace.client.connectors.kafka.SharedBroker;
import io.millrace.client.connectors.kafka.TopicContents;
import io.millrace.common.core.error.MillraceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The source against a real broker. */
@ExtendWith(SharedBroker.class)
class KafkaSourceTest {
    private static final AtomicInteger TOPICS = new AtomicInteger();

    private final KafkaBroker broker;
    private final String topic = "in-" + TOPICS.incrementAndGet();
    private final List<SourceRun> runs = new ArrayList<>();

    KafkaSourceTest(KafkaBroker broker) {
        this.broker = broker;
    }

    @BeforeEach
    void createTopic() throws Exception {
        broker.createTopic(topic, 2, Map.of());
        TopicContents.write(broker, topic, 0, List.of("a0", "a1", "a2"));
        TopicContents.write(broker, topic, 1, List.of("b0", "b1"));
    }

    @AfterEach
    void everyThreadEnds() {
        runs.forEach(SourceRun::close);
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("kafka fetcher"));
    }

    private KafkaSourceBuilder<String> source() {
        return KafkaSource.<String>builder()
                .setBootstrapServers(broker.bootstrapServers())
                .setTopics(topic)
                .setValueOnlyDeserializer(new SimpleStringSchema());
    }

    private KafkaSourceBuilder<String> bounded() {
        return source().setBounded(OffsetsInitializer.latest());
    }

    private SourceRun run(KafkaSourceBuilder<String> source, int parallelism) throws Exception {
        SourceRun run = new SourceRun(source.build(), parallelism);
        runs.add(run);
        return run;
    }

    private SourceRun restore(KafkaSourceBuilder<String> source, int parallelism, SourceRun.State state)
            throws Exception {
        SourceRun run = new SourceRun(source.build(), parallelism, state);
        runs.add(run);
        return run;
    }

    private TopicPartition partition(int number) {
        return new TopicPartition(topic, number);
    }

    @Test
    void boundedSourceReadsFromTheOldestRecordToWhatIsThereAndEnds() throws Exception {
        SourceRun run = run(bounded(), 3);
        TopicContents.write(broker, topic, 0, List.of("later"));
        assertThat(run.readToEnd()).containsExactlyInAnyOrder("a0", "a1", "a2", "b0", "b1");
        assertThat(run.output(0).timestamps()).allMatch(timestamp -> timestamp > 0);
    }

    @Test
    void latestReadsOnlyWhatComesAfterwards() throws Exception {
        SourceRun run = run(source().setStartingOffsets(OffsetsInitializer.latest()), 2);
        TopicContents.write(broker, topic, 1, List.of("new"));
        assertThat(run.readUntil(1)).containsExactly("new");
    }

    @Test
    void committedOffsetsOfTheGroupAreWhereReadingStarts() throws Exception {
        String group = "group-" + topic;
        AdminCalls.await(broker.admin()
                .alterConsumerGroupOffsets(group, Map.of(partition(0), new OffsetAndMetadata(2)))
                .all());
        SourceRun run = run(
                bounded()
                        .setGroupId(group)
                        .setStartingOffsets(OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST)),
                1);
        assertThat(run.readToEnd()).containsExactlyInAnyOrder("a2", "b0", "b1");
        MillraceException refused = catchThrowableOfType(
                MillraceException.class,
                () -> run(bounded().setGroupId(group).setStartingOffsets(OffsetsInitializer.committedOffsets()), 1));
        assertThat(refused.code()).isEqualTo("KAFKA_NO_COMMITTED_OFFSET");
        assertThat(refused.problem().what()).contains(topic + "-1").doesNotContain(topic + "-0");
        assertThat(refused.problem().where()).contains(topic, broker.bootstrapServers());
    }

    @Test
    void timestampAndGivenOffsetsAreWhereReadingStarts() throws Exception {
        String dated = "dated-" + topic;
        broker.createTopic(dated, 1, Map.of());
        try (Producer<byte[], byte[]> producer = KafkaClients.producer(broker.properties())) {
            for (long time : new long[] {1_000, 2_000, 3_000}) {
                byte[] value = ("t" + time).getBytes(StandardCharsets.UTF_8);
                producer.send(new ProducerRecord<>(dated, 0, time, null, value)).get();
            }
        }
        KafkaSourceBuilder<String> source = bounded().setTopics(dated);
        SourceRun byTime = run(source.setStartingOffsets(OffsetsInitializer.timestamp(1_500)), 1);
        assertThat(byTime.readToEnd()).containsExactly("t2000", "t3000");
        assertThat(byTime.output(0).timestamps()).containsExactly(2_000L, 3_000L);
        SourceRun tooLate = run(source.setStartingOffsets(OffsetsInitializer.timestamp(3_001)), 1);
        assertThat(tooLate.readToEnd()).isEmpty();
        SourceRun given = run(bounded().setStartingOffsets(OffsetsInitializer.offsets(Map.of(partition(0), 2L))), 1);
        assertThat(given.readToEnd()).containsExactlyInAnyOrder("a2", "b0", "b1");
    }

    @Test
    void abortedRecordsAreNotReadAndMarkersAtTheEndDoNotHoldUpTheEnd() throws Exception {
        Map<String, String> properties = broker.properties();
        properties.put("transactional.id", "t-" + topic);
        try (Producer<byte[], byte[]> producer = KafkaClients.producer(properties)) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(topic, 0, null, "aborted".getBytes(StandardCharsets.UTF_8)))
                    .get();
            producer.abortTransaction();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(topic, 0, null, "kept".getBytes(StandardCharsets.UTF_8)))
                    .get();
            producer.commitTransaction();
        }
        TopicContents.settled(broker, topic);
        assertThat(run(bounded(), 1).readToEnd()).containsExactlyInAnyOrder("a0", "a1", "a2", "kept", "b0", "b1");
    }

    @Test
    void restoredPositionsWinOverThoseOfTheGroup() throws Exception {
        KafkaSourceBuilder<String> source = source().setGroupId("restored-" + topic);
        SourceRun first = run(source, 1);
        first.output(0).setRoom(2);
        first.readUntil(2);
        SourceRun.State state = first.snapshot(1);
        List<String> before = List.copyOf(first.elements());
        first.output(0).setRoom(100);
        first.readUntil(5);
        first.snapshot(2);
        first.complete(2);
        TopicContents.write(broker, topic, 1, List.of("b2"));
        List<String> all = new ArrayList<>(before);
        all.addAll(restore(source, 2, state).readUntil(4));
        assertThat(all).containsExactlyInAnyOrder("a0", "a1", "a2", "b0", "b1", "b2");
    }

    @Test
    void positionsAreCommittedToTheGroupWithTheCheckpointThatHoldsThem() throws Exception {
        String group = "commits-" + topic;
        SourceRun run = run(source().setGroupId(group), 2);
        run.readUntil(5);
        run.snapshot(7);
        TopicContents.write(broker, topic, 0, List.of("a3"));
        run.readUntil(6);
        run.complete(7);
        Map<TopicPartition, OffsetAndMetadata> committed = Map.of();
        while (committed.size() < 2) {
            committed = AdminCalls.await(
                    broker.admin().listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
        }
        assertThat(committed.get(partition(0)).offset()).isEqualTo(3);
        assertThat(committed.get(partition(1)).offset()).isEqualTo(2);
    }

    @Test
    void partitionThatAppearsIsReadFromItsBeginning() throws Exception {
        SourceRun run = run(source().setStartingOffsets(OffsetsInitializer.latest()), 2);
        AdminCalls.await(broker.admin()
                .createPartitions(Map.of(topic, NewPartitions.increaseTo(3)))
                .all());
        broker.awaitPartitions(topic, 3);
        TopicContents.write(broker, topic, 2, List.of("c0", "c1"));
        run.calls().lookAgain();
        assertThat(run.readUntil(2)).containsExactly("c0", "c1");
        run.calls().lookAgain();
        TopicContents.write(broker, topic, 2, List.of("c2"));
        assertThat(run.readUntil(3)).containsExactly("c0", "c1", "c2");
    }

    @Test
    void positionThatTheLogHasLostFailsByName() throws Exception {
        SourceRun first = run(source(), 1);
        SourceRun.State state = first.snapshot(1);
        AdminCalls.await(broker.admin()
                .deleteRecords(Map.of(partition(0), RecordsToDelete.beforeOffset(2)))
                .all());
        SourceRun restored = restore(source(), 1, state);
        MillraceException lost =
                catchThrowableOfType(MillraceException.class, () -> restored.readUntil(Integer.MAX_VALUE));
        assertThat(lost.code()).isEqualTo("KAFKA_OFFSET_OUT_OF_RANGE");
        assertThat(lost.problem().what()).contains(topic + "-0 at offset 0");
        assertThat(lost.problem().why()).contains(topic + "-0=2").contains(topic + "-0=3");
        SourceRun beyond = run(source().setStartingOffsets(OffsetsInitializer.offsets(Map.of(partition(1), 99L))), 1);
        assertThat(catchThrowableOfType(MillraceException.class, () -> beyond.readUntil(Integer.MAX_VALUE))
                        .problem()
                        .what())
                .contains(topic + "-1 at offset 99");
    }

    @Test
    void missingTopicIsNamedWithThoseThatAreNear() {
        MillraceException missing =
                catchThrowableOfType(MillraceException.class, () -> run(source().setTopics(topic + "x"), 1));
        assertThat(missing.code()).isEqualTo("KAFKA_TOPIC_MISSING");
        assertThat(missing.problem().what()).contains("'" + topic + "x'", broker.bootstrapServers());
        assertThat(missing.problem().nextStep()).contains("'" + topic + "'");
    }

    @Test
    void partitionsThatAreGoneFailByName() throws Exception {
        SourceRun run = run(source(), 1);
        AdminCalls.await(broker.admin().deleteTopics(List.of(topic)).all());
        broker.createTopic(topic, 1, Map.of());
        MillraceException gone =
                catchThrowableOfType(MillraceException.class, () -> run.calls().lookAgain());
        assertThat(gone.code()).isEqualTo("KAFKA_PARTITIONS_SHRANK");
        assertThat(gone.problem().what()).contains(topic + "-1").doesNotContain(topic + "-0");
        AdminCalls.await(broker.admin()
                .createPartitions(Map.of(topic, NewPartitions.increaseTo(2)))
                .all());
        broker.awaitPartitions(topic, 2);
        assertThat(catchThrowableOfType(
                                MillraceException.class, () -> run.calls().lookAgain())
                        .code())
                .isEqualTo("KAFKA_TOPIC_REPLACED");
    }

    @Test
    void unreadableRecordIsNamedByPartitionAndOffset() throws Exception {
        SourceRun run = run(source().setValueOnlyDeserializer(new NoB()), 1);
        MillraceException unreadable =
                catchThrowableOfType(MillraceException.class, () -> run.readUntil(Integer.MAX_VALUE));
        assertThat(unreadable.code()).isEqualTo("KAFKA_RECORD_UNREADABLE");
        assertThat(unreadable.problem().what()).contains("offset 1 of " + topic + "-1");
        assertThat(unreadable.problem().why()).isEqualTo("no b1");
    }

    /** Does not read b1. */
    private static final class NoB implements DeserializationSchema<String> {
        private static final long serialVersionUID = 1L;

        @Override
        public String deserialize(byte[] message) throws IOException {
            String text = new String(message, StandardCharsets.UTF_8);
            if (text.equals("b1")) {
                throw new IOException("no b1");
            }
            return text;
        }

        @Override
        public TypeInformation<String> getProducedType() {
            return Types.STRING;
        }
    }
}

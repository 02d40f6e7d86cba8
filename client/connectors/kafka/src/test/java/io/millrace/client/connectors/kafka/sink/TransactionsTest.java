package io.millrace.client.connectors.kafka.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.api.serialization.SimpleStringSchema;
import io.millrace.api.sink.DeliveryGuarantee;
import io.millrace.client.connectors.kafka.KafkaBroker;
import io.millrace.client.connectors.kafka.SharedBroker;
import io.millrace.client.connectors.kafka.TopicContents;
import io.millrace.client.connectors.kafka.sink.SinkRun.Part;
import io.millrace.common.core.error.MillraceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The exactly-once sink against a real broker. */
@ExtendWith(SharedBroker.class)
class TransactionsTest {
    private static final AtomicInteger TOPICS = new AtomicInteger();
    private static final OptionalLong FRESH = OptionalLong.empty();

    private final KafkaBroker broker;
    private final String topic = "out-" + TOPICS.incrementAndGet();
    private final List<SinkRun> runs = new ArrayList<>();

    TransactionsTest(KafkaBroker broker) {
        this.broker = broker;
    }

    @BeforeEach
    void createTopic() throws Exception {
        broker.createTopic(topic, 2, Map.of());
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        runs.forEach(SinkRun::close);
        assertThat(broker.openTransactions(topic)).isEmpty();
    }

    private KafkaSinkBuilder<String> sink() {
        return KafkaSink.<String>builder()
                .setBootstrapServers(broker.bootstrapServers())
                .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                .setTransactionalIdPrefix(topic)
                .setRecordSerializer(KafkaRecordSerializationSchema.<String>builder()
                        .setTopic(topic)
                        .setKeySerializationSchema(new SimpleStringSchema())
                        .setValueSerializationSchema(new SimpleStringSchema())
                        .build());
    }

    private SinkRun run(int subtask, int parallelism, OptionalLong restored, List<KafkaWriterState> states)
            throws Exception {
        SinkRun run = new SinkRun(sink().build(), new RunContext("j", subtask, parallelism, restored), states);
        runs.add(run);
        return run;
    }

    private SinkRun fresh() throws Exception {
        return run(0, 1, FRESH, List.of());
    }

    private List<String> committed() {
        return TopicContents.committed(broker, topic);
    }

    private List<String> settled() {
        return TopicContents.settled(broker, topic);
    }

    @Test
    void recordsAreVisibleOnceTheirCheckpointIsCommitted() throws Exception {
        SinkRun run = fresh().write("a", "b");
        Part first = run.barrier(1);
        run.write("c");
        assertThat(committed()).isEmpty();
        assertThat(run.commit(first)).containsExactly("committed");
        run.close();
        runs.clear();
        assertThat(settled()).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void checkpointWithoutRecordsHasNothingToCommit() throws Exception {
        SinkRun run = fresh();
        assertThat(run.barrier(1).committables()).isEmpty();
        run.write("a");
        run.commit(run.barrier(2));
        assertThat(run.barrier(3).committables()).isEmpty();
        assertThat(settled()).containsExactly("a");
    }

    @Test
    void producersAreUsedAgainAndEachTransactionHasAnIdentityOfItsOwn() throws Exception {
        SinkRun run = fresh();
        List<KafkaCommittable> all = new ArrayList<>();
        for (int checkpoint = 1; checkpoint <= 5; checkpoint++) {
            Part part = run.write("v" + checkpoint).barrier(checkpoint);
            all.addAll(part.committables());
            run.commit(part);
        }
        assertThat(all.stream().map(KafkaCommittable::transactionalId).distinct())
                .hasSize(1);
        assertThat(all.stream().map(KafkaCommittable::epoch).distinct()).hasSize(5);
        assertThat(settled()).containsExactlyInAnyOrder("v1", "v2", "v3", "v4", "v5");
    }

    @Test
    void preparedTransactionOutlivesItsProducerAndIsCommittedById() throws Exception {
        SinkRun first = fresh().write("a");
        Part part = first.barrier(1);
        first.write("uncovered").close();
        runs.clear();
        assertThat(broker.openTransactions(topic)).hasSize(1);
        SinkRun second = run(0, 1, OptionalLong.of(1), part.states());
        assertThat(second.commit(part)).containsExactly("committed");
        assertThat(settled()).containsExactly("a");
    }

    @Test
    void transactionThatWasCommittedIsRecognisedWhenItIsCommittedAgain() throws Exception {
        SinkRun first = fresh();
        Part part = first.write("a").barrier(1);
        first.commit(part);
        SinkRun second = run(0, 1, OptionalLong.of(1), part.states());
        assertThat(second.commit(part)).containsExactly("already");
        assertThat(second.commit(part)).containsExactly("already");
        assertThat(settled()).containsExactly("a");
    }

    @Test
    void oldCommitIsRecognisedEvenWhenItsProducerHasOpenedALaterTransaction() throws Exception {
        SinkRun first = fresh();
        Part old = first.write("a").barrier(1);
        first.commit(old);
        first.commit(first.write("b").barrier(2));
        first.write("open").flush();
        SinkRun second = run(0, 1, OptionalLong.of(1), old.states());
        assertThat(second.commit(old)).containsExactly("already");
        assertThat(broker.openTransactions(topic)).isEmpty();
        assertThat(settled()).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void leftoversOfEveryFormerWriterAreAbortedAndPreparedOnesAreNot() throws Exception {
        List<Part> parts = new ArrayList<>();
        for (int subtask = 0; subtask < 3; subtask++) {
            SinkRun run = run(subtask, 3, FRESH, List.of());
            parts.add(run.write("p" + subtask).barrier(7));
            run.write("open" + subtask).flush();
        }
        assertThat(broker.openTransactions(topic)).hasSize(6);
        List<KafkaWriterState> states =
                parts.stream().flatMap(part -> part.states().stream()).toList();
        // The states are dealt out in another order than the writers had.
        SinkRun one = run(1, 2, OptionalLong.of(7), states.subList(0, 1));
        SinkRun two = run(0, 2, OptionalLong.of(7), states.subList(1, 3));
        assertThat(broker.openTransactions(topic)).hasSize(3);
        assertThat(one.commit(parts.get(2))).containsExactly("committed");
        assertThat(two.commit(parts.get(0))).containsExactly("committed");
        assertThat(two.commit(parts.get(1))).containsExactly("committed");
        assertThat(settled()).containsExactlyInAnyOrder("p0", "p1", "p2");
    }

    @Test
    void leftoversOfRunsThatNeverTookACheckpointAreAborted() throws Exception {
        Part part = fresh().write("a").barrier(3);
        for (int subtask = 0; subtask < 4; subtask++) {
            run(subtask, 4, OptionalLong.of(3), subtask == 2 ? part.states() : List.of())
                    .write("lost" + subtask)
                    .flush();
        }
        assertThat(broker.openTransactions(topic)).hasSize(5);
        SinkRun last = run(0, 1, OptionalLong.of(3), part.states());
        assertThat(broker.openTransactions(topic)).hasSize(1);
        assertThat(last.commit(part)).containsExactly("committed");
        assertThat(settled()).containsExactly("a");
    }

    @Test
    void transactionsOfOtherJobsAreLeftAlone() throws Exception {
        SinkRun mine = fresh().write("mine");
        SinkRun others = new SinkRun(sink().build(), new RunContext("other", 0, 1, FRESH), List.of());
        runs.add(others);
        assertThat(mine.commit(mine.barrier(1))).containsExactly("committed");
        assertThat(settled()).containsExactly("mine");
    }

    @Test
    void zombieIsFencedAndSaysSo() throws Exception {
        SinkRun zombie = fresh().write("zombie");
        zombie.flush();
        SinkRun next = fresh();
        next.commit(next.write("next").barrier(1));
        MillraceException fenced = catchThrowableOfType(
                MillraceException.class, () -> zombie.write("more").flush());
        assertThat(fenced.code()).isEqualTo("TXN_FENCED");
        assertThat(fenced.problem().where()).contains(topic, broker.bootstrapServers());
        assertThat(settled()).containsExactly("next");
    }

    @Test
    void preparedTransactionThatTimedOutIsReportedWithItsIds() throws Exception {
        KafkaSink<String> sink =
                sink().setProperty("transaction.timeout.ms", "500").build();
        SinkRun run = new SinkRun(sink, new RunContext("j", 0, 1, FRESH), List.of());
        runs.add(run);
        Part part = run.write("a").barrier(1);
        awaitNothingOpen();
        KafkaCommittable lost = part.committables().get(0);
        for (SinkRun asked : List.of(run, run(0, 1, OptionalLong.of(1), part.states()))) {
            StepRequest request = asked.request(lost);
            assertThat(request.answer()).isEqualTo("TXN_TIMEOUT");
            assertThat(request.failure().problem().what())
                    .contains(lost.transactionalId(), "producer id " + lost.producerId(), "epoch " + lost.epoch());
        }
        assertThat(settled()).isEmpty();
    }

    @Test
    void transactionThatTimedOutBeforeTheBarrierFailsTheCheckpoint() throws Exception {
        KafkaSink<String> sink =
                sink().setProperty("transaction.timeout.ms", "500").build();
        SinkRun run = new SinkRun(sink, new RunContext("j", 0, 1, FRESH), List.of());
        runs.add(run);
        run.write("a").flush();
        awaitNothingOpen();
        MillraceException failed = catchThrowableOfType(MillraceException.class, () -> run.barrier(1));
        assertThat(failed.code()).isEqualTo("TXN_TIMEOUT");
        assertThat(failed.problem().what()).contains(topic + "-j-0-0-0");
    }

    private void awaitNothingOpen() throws Exception {
        while (!broker.openTransactions(topic).isEmpty()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void timeOutBeyondWhatTheBrokerAllowsIsNamed() {
        KafkaSink<String> sink =
                sink().setProperty("transaction.timeout.ms", "900001").build();
        MillraceException refused = catchThrowableOfType(MillraceException.class, () -> {
            SinkRun run = new SinkRun(sink, new RunContext("j", 0, 1, FRESH), List.of());
            runs.add(run);
            run.write("a");
        });
        assertThat(refused.problem().render()).startsWith("[KAFKA_SETTING_INVALID]");
        assertThat(refused.problem().what()).contains("transaction.timeout.ms", "900001");
        assertThat(refused.problem().nextStep()).contains("transaction.max.timeout.ms");
    }
}

package io.millrace.client.connectors.kafka.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.api.sink.DeliveryGuarantee;
import io.millrace.api.sink.SinkWriter;
import io.millrace.client.connectors.kafka.Patience;
import io.millrace.client.connectors.kafka.sink.KafkaWriterState.Prepared;
import io.millrace.client.connectors.kafka.sink.TransactionalWriter.WriterTools;
import io.millrace.common.core.error.MillraceException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The writer between fakes of its producers and its cluster. */
class TransactionalWriterTest {
    private static final TransactionId IDENTITY = new TransactionId("p", "j", 0, 2, 0);

    private final FakeCoordinator coordinator = new FakeCoordinator();
    private final PreparedTransactions prepared = new PreparedTransactions();
    private final List<String> made = new ArrayList<>();
    private final Map<String, MockProducer<byte[], byte[]>> producers = new TreeMap<>();
    private final List<Long> clock = new ArrayList<>(List.of(0L));
    private final TransactionalWriter<String> writer = writer();

    private TransactionalWriter<String> writer() {
        KafkaSinkSettings settings = new KafkaSinkSettings(
                new TreeMap<>(Map.of("bootstrap.servers", "h:1")), DeliveryGuarantee.EXACTLY_ONCE, "p");
        Patience patience = new Patience(
                Duration.ofMinutes(3), () -> clock.get(0), () -> clock.set(0, clock.get(0) + 60_000_000_000L));
        Sending sending = new Sending(settings, coordinator, patience);
        try {
            return new TransactionalWriter<>(
                    IDENTITY,
                    ElementRecords.open(
                            (element, context, timestamp) ->
                                    new ProducerRecord<>("t", element.getBytes(StandardCharsets.UTF_8)),
                            new RunContext("j", 2, 4, OptionalLong.empty())),
                    new WriterTools(this::producer, sending, coordinator, patience, settings),
                    prepared);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private MockProducer<byte[], byte[]> producer(String id) {
        MockProducer<byte[], byte[]> producer =
                new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
        made.add(id);
        producers.put(id, producer);
        return producer;
    }

    private KafkaCommittable checkpoint(String value, int epoch) throws Exception {
        writer.write(value, Context.INSTANCE);
        writer.flush(false);
        made.forEach(id -> {
            if (producers.get(id).transactionInFlight() && !producers.get(id).closed()) {
                coordinator.set(id, TransactionState.ONGOING, 9, epoch);
            }
        });
        Collection<KafkaCommittable> committables = writer.prepareCommit();
        assertThat(committables).hasSize(1);
        return committables.iterator().next();
    }

    private void commit(KafkaCommittable committable) throws Exception {
        StepRequest request = new StepRequest(committable);
        new KafkaCommitter(prepared, coordinator, "sink").commit(List.of(request));
        assertThat(request.answer()).isEqualTo("committed");
    }

    @Test
    void producerIsUsedAgainOnceItsTransactionIsCommitted() throws Exception {
        writer.start(4, List.of());
        commit(checkpoint("a", 0));
        commit(checkpoint("b", 1));
        KafkaCommittable waiting = checkpoint("c", 2);
        checkpoint("d", 0);
        assertThat(made).containsExactly("p-j-0-2-0", "p-j-0-2-1");
        assertThat(writer.snapshotState(4)).singleElement().satisfies(state -> assertThat(state.prepared())
                .containsExactlyInAnyOrder(new Prepared(0, 9, 2), new Prepared(1, 9, 0)));
        commit(waiting);
        assertThat(writer.snapshotState(5)).singleElement().satisfies(state -> assertThat(state.prepared())
                .containsExactly(new Prepared(1, 9, 0)));
    }

    @Test
    void transactionsPileUpWhileNoCheckpointCompletesButTheirProducersDoNot() throws Exception {
        writer.start(4, List.of());
        List<KafkaCommittable> waiting = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            waiting.add(checkpoint("v" + i, 0));
        }
        assertThat(producers.values())
                .filteredOn(producer -> !producer.closed())
                .hasSize(8);
        assertThat(writer.snapshotState(1)).singleElement().satisfies(state -> assertThat(state.prepared())
                .hasSize(20));
        for (KafkaCommittable committable : waiting) {
            commit(committable);
        }
        assertThat(coordinator.committed()).hasSize(12);
        assertThat(writer.snapshotState(2)).singleElement().satisfies(state -> assertThat(state.prepared())
                .isEmpty());
        checkpoint("next", 1);
        assertThat(made).hasSize(20);
    }

    @Test
    void olderClustersGetAProducerForEachTransaction() throws Exception {
        coordinator.setTransactionVersion(1);
        writer.start(4, List.of());
        commit(checkpoint("a", 0));
        commit(checkpoint("b", 0));
        assertThat(made).containsExactly("p-j-0-2-0", "p-j-0-2-1");
        assertThat(producers.values()).allMatch(MockProducer::closed);
    }

    @Test
    void transactionThatLooksLikeTheLastOneIsRefused() throws Exception {
        writer.start(4, List.of());
        commit(checkpoint("a", 0));
        MillraceException refused = catchThrowableOfType(MillraceException.class, () -> checkpoint("b", 0));
        assertThat(refused.code()).isEqualTo("TXN_TIMEOUT");
    }

    @Test
    void clusterThatIsAwayIsWaitedForAndThenNamed() throws Exception {
        coordinator.failQuestions(new TimeoutException("nobody answers"));
        MillraceException away = catchThrowableOfType(MillraceException.class, () -> writer.start(4, List.of()));
        assertThat(away.code()).isEqualTo("KAFKA_UNREACHABLE");
        assertThat(clock.get(0)).isEqualTo(Duration.ofMinutes(3).toNanos());
        coordinator.failQuestions(null);
        writer.start(4, List.of());
    }

    @Test
    void closeEndsEveryProducerAndLeavesPreparedTransactionsAlone() throws Exception {
        writer.start(4, List.of());
        checkpoint("a", 0);
        writer.write("b", Context.INSTANCE);
        writer.close();
        assertThat(producers.values()).hasSize(2).allMatch(MockProducer::closed);
        assertThat(producers.get("p-j-0-2-0").transactionAborted()).isFalse();
        assertThat(coordinator.fenced()).isEmpty();
        assertThat(coordinator.isClosed()).isTrue();
    }

    private enum Context implements SinkWriter.Context {
        INSTANCE;

        @Override
        public long currentWatermark() {
            return 0;
        }

        @Override
        public @Nullable Long timestamp() {
            return null;
        }
    }
}

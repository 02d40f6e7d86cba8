package io.millrace.client.connectors.kafka.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.serialization.SimpleStringSchema;
import io.millrace.api.sink.DeliveryGuarantee;
import io.millrace.client.connectors.kafka.KafkaBroker;
import io.millrace.client.connectors.kafka.TopicContents;
import io.millrace.client.connectors.kafka.sink.SinkRun.Part;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A broker that is killed and comes back in the middle of everything. */
class BrokerOutageTest {

    @Test
    void recordsWrittenAndPreparedWhileTheBrokerIsAwayAreThereOnce() throws Exception {
        try (KafkaBroker broker = KafkaBroker.start()) {
            broker.createTopic("t", 1, Map.of());
            KafkaSink<String> sink = KafkaSink.<String>builder()
                    .setBootstrapServers(broker.bootstrapServers())
                    .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                    .setTransactionalIdPrefix("outage")
                    .setRecordSerializer(KafkaRecordSerializationSchema.<String>builder()
                            .setTopic("t")
                            .setValueSerializationSchema(new SimpleStringSchema())
                            .build())
                    .build();
            try (SinkRun run = new SinkRun(sink, new RunContext("j", 0, 1, OptionalLong.empty()), List.of())) {
                run.write("before");
                Part first = run.barrier(1);
                run.write("open").flush();
                broker.kill();
                run.write("meanwhile");
                CompletableFuture<Void> back = CompletableFuture.runAsync(broker::startAgain);
                Part second = run.barrier(2);
                assertThat(run.commit(first)).containsExactly("committed");
                assertThat(run.commit(second)).containsExactly("committed");
                run.commit(run.write("after").barrier(3));
                back.join();
            }
            assertThat(TopicContents.settled(broker, "t"))
                    .containsExactlyInAnyOrder("before", "open", "meanwhile", "after");
            assertThat(broker.openTransactions("outage")).isEmpty();
        }
    }
}

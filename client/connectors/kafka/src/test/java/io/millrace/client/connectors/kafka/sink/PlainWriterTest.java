package io.millrace.client.connectors.kafka.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.api.serialization.SimpleStringSchema;
import io.millrace.api.sink.DeliveryGuarantee;
import io.millrace.client.connectors.kafka.KafkaBroker;
import io.millrace.client.connectors.kafka.SharedBroker;
import io.millrace.client.connectors.kafka.TopicContents;
import io.millrace.common.core.error.MillraceException;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The sink without transactions, against a real broker. */
@ExtendWith(SharedBroker.class)
class PlainWriterTest {
    private static final RunContext CONTEXT = new RunContext("j", 0, 1, OptionalLong.empty());

    private final KafkaBroker broker;

    PlainWriterTest(KafkaBroker broker) {
        this.broker = broker;
    }

    private KafkaSinkBuilder<String> sink(String topic) {
        return KafkaSink.<String>builder()
                .setBootstrapServers(broker.bootstrapServers())
                .setRecordSerializer(KafkaRecordSerializationSchema.<String>builder()
                        .setTopic(topic)
                        .setValueSerializationSchema(new SimpleStringSchema())
                        .build());
    }

    @Test
    void everythingBeforeABarrierIsAcknowledgedAtTheBarrier() throws Exception {
        broker.createTopic("plain", 1, Map.of());
        try (SinkRun run = new SinkRun(sink("plain").build(), CONTEXT, List.of())) {
            SinkRun.Part part = run.write("a", "b").barrier(1);
            assertThat(part.committables()).isEmpty();
            assertThat(part.states()).isEmpty();
            assertThat(TopicContents.committed(broker, "plain")).containsExactly("a", "b");
        }
    }

    @Test
    void withoutAGuaranteeRecordsAreWrittenAllTheSame() throws Exception {
        broker.createTopic("careless", 1, Map.of());
        KafkaSink<String> sink =
                sink("careless").setDeliveryGuarantee(DeliveryGuarantee.NONE).build();
        try (SinkRun run = new SinkRun(sink, CONTEXT, List.of())) {
            run.write("a").barrier(1);
        }
        assertThat(TopicContents.committed(broker, "careless")).containsExactly("a");
    }

    @Test
    void missingTopicIsNamedWithThoseThatAreNear() throws Exception {
        broker.createTopic("alerts", 1, Map.of());
        KafkaSink<String> sink = sink("alrets").build();
        try (SinkRun run = new SinkRun(sink, CONTEXT, List.of())) {
            MillraceException missing = catchThrowableOfType(MillraceException.class, () -> run.write("a"));
            assertThat(missing.code()).isEqualTo("KAFKA_TOPIC_MISSING");
            assertThat(missing.problem().nextStep()).startsWith("Did you mean 'alerts'");
        }
    }

    @Test
    void recordThatTheBrokerRefusesFailsTheWriter() throws Exception {
        broker.createTopic("small", 1, Map.of("max.message.bytes", "200"));
        try (SinkRun run = new SinkRun(sink("small").build(), CONTEXT, List.of())) {
            MillraceException refused = catchThrowableOfType(
                    MillraceException.class, () -> run.write("x".repeat(500)).barrier(1));
            assertThat(refused.code()).isEqualTo("KAFKA_WRITE_FAILED");
            assertThat(refused.problem().why()).contains("RecordTooLargeException");
            assertThat(refused.problem().where()).contains(broker.bootstrapServers());
        }
    }
}

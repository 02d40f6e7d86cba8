package io.millrace.client.connectors.kafka.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.api.serialization.SimpleStringSchema;
import io.millrace.api.source.InputStatus;
import io.millrace.common.core.error.MillraceException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A reader without partitions; with them it is tested against a broker. */
class KafkaReaderTest {
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
    private final PartitionFetcher fetcher = new PartitionFetcher("fetcher", () -> consumer, () -> 0, "the source");
    private final KafkaReader<String> reader = new KafkaReader<>(
            KafkaRecordDeserializationSchema.valueOnly(new SimpleStringSchema()), fetcher, "the source", true);
    private final ReadElements output = new ReadElements();

    @AfterEach
    void close() {
        reader.close();
    }

    @Test
    void readerThatMayStillGetPartitionsHoldsTheWatermarkBack() {
        reader.start();
        assertThat(reader.pollNext(output)).isEqualTo(InputStatus.NOTHING_AVAILABLE);
        assertThat(output.marks()).isEmpty();
    }

    @Test
    void readerWithoutPartitionsIsIdleOnceAllAreDealt() {
        reader.start();
        reader.handleSourceEvents(new SplitsDealt(1));
        assertThat(reader.isAvailable()).isDone();
        reader.pollNext(output);
        reader.pollNext(output);
        assertThat(output.marks()).containsExactly("idle");
    }

    @Test
    void readerEndsWhenNoPartitionsFollow() {
        reader.start();
        reader.notifyNoMoreSplits();
        assertThat(reader.pollNext(output)).isEqualTo(InputStatus.END_OF_INPUT);
    }

    @Test
    void assignedPartitionIsInTheStateBeforeAnythingIsReadOfIt() {
        KafkaPartitionSplit split = new KafkaPartitionSplit("t", 1, 5, KafkaPartitionSplit.NEVER);
        reader.addSplits(List.of(split));
        assertThat(reader.snapshotState(1)).containsExactly(split);
    }

    @Test
    void consumerThatCannotBeMadeFailsTheReaderAndEndsTheThread() throws Exception {
        PartitionFetcher broken = new PartitionFetcher(
                "broken",
                () -> {
                    throw new ConfigException("no such thing");
                },
                () -> 0,
                "the source");
        KafkaReader<String> failing = new KafkaReader<>(
                KafkaRecordDeserializationSchema.valueOnly(new SimpleStringSchema()), broken, "the source", true);
        failing.start();
        MillraceException failure = null;
        while (failure == null) {
            failure = catchThrowableOfType(MillraceException.class, () -> failing.pollNext(output));
            if (failure == null) {
                failing.isAvailable().get(10, TimeUnit.SECONDS);
            }
        }
        assertThat(failure.code()).isEqualTo("KAFKA_READ_FAILED");
        failing.close();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("broken"));
    }

    @Test
    void closedReaderHasClosedItsConsumer() {
        reader.start();
        reader.close();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("fetcher"));
    }
}

package io.millrace.client.connectors.kafka.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QuietPartitionsTest {
    private static final TopicPartition PARTITION = new TopicPartition("t", 0);
    private static final long MINUTE = Duration.ofSeconds(60).toNanos();
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final QuietPartitions quiet = new QuietPartitions();
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");

    @BeforeEach
    void readToTheEnd() {
        consumer.assign(Set.of(PARTITION));
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        consumer.seek(PARTITION, 5);
        consumer.updateEndOffsets(Map.of(PARTITION, 5L));
        quiet.begin(PARTITION, 0);
    }

    private Set<TopicPartition> nothingAt(long nanos) {
        return quiet.after(ConsumerRecords.empty(), consumer, nanos);
    }

    private Set<TopicPartition> recordAt(long nanos) {
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>("t", 0, 5, null, null);
        return quiet.after(new ConsumerRecords<>(Map.of(PARTITION, List.of(record)), Map.of()), consumer, nanos);
    }

    @Test
    void partitionIsQuietOnceAfterAMinuteAtItsEnd() {
        assertThat(nothingAt(MINUTE - 1)).isEmpty();
        assertThat(nothingAt(MINUTE + SECOND)).containsExactly(PARTITION);
        assertThat(nothingAt(3 * MINUTE)).isEmpty();
    }

    @Test
    void recordStartsTheMinuteAgain() {
        assertThat(recordAt(MINUTE)).isEmpty();
        assertThat(nothingAt(2 * MINUTE - 1)).isEmpty();
        assertThat(nothingAt(2 * MINUTE + SECOND)).containsExactly(PARTITION);
        assertThat(recordAt(3 * MINUTE)).isEmpty();
        assertThat(nothingAt(4 * MINUTE + SECOND)).containsExactly(PARTITION);
    }

    @Test
    void partitionWithSomethingToReadIsNotQuiet() {
        consumer.updateEndOffsets(Map.of(PARTITION, 6L));
        assertThat(nothingAt(2 * MINUTE)).isEmpty();
    }

    @Test
    void timeInWhichTheReaderHadNoRoomDoesNotCount() {
        quiet.blockedFor(MINUTE);
        assertThat(nothingAt(MINUTE + SECOND)).isEmpty();
        assertThat(nothingAt(2 * MINUTE + SECOND)).containsExactly(PARTITION);
    }

    @Test
    void partitionThatIsReadToItsStopIsForgotten() {
        quiet.end(PARTITION);
        assertThat(nothingAt(2 * MINUTE)).isEmpty();
    }
}

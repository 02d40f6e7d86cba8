package io.millrace.client.examples.loganalysis.sources;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.types.RecordType;
import io.millrace.client.examples.loganalysis.event.LogEvent;
import io.millrace.client.examples.loganalysis.reading.LogFormat;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordReadingTest {

    private static List<ReadRecord> read(@Nullable String value) {
        RecordReading reading = new RecordReading(LogFormat.JSON, 2026);
        reading.open(RecordReadingTest.class::getClassLoader);
        List<ReadRecord> found = new ArrayList<>();
        byte[] bytes = value == null ? null : value.getBytes(StandardCharsets.UTF_8);
        reading.deserialize(new ConsumerRecord<>("user-logs", 3, 42, null, bytes), found::add);
        return found;
    }

    @Test
    void recordOfAnEventIsThatEvent() {
        LogEvent event = new LogEvent("u", "s", "login", 7, "", "", LogEvent.NO_METADATA);
        assertThat(read(event.toJson())).containsExactly(ReadRecord.of(event));
    }

    @Test
    void recordThatIsNoEventIsRejectedWithPartitionAndOffset() {
        assertThat(read("{")).singleElement().satisfies(record -> assertThat(record.rejection())
                .contains("\"type\":\"rejected\",\"source\":\"user-logs-3\",\"offset\":42,"));
    }

    @Test
    void recordWithoutAValueIsRejected() {
        assertThat(read(null)).singleElement().satisfies(record -> assertThat(record.rejection())
                .contains("\"offset\":42,"));
    }

    @Test
    void readRecordsHaveAGeneratedSerializer() {
        assertThat(new RecordReading(LogFormat.JSON, 2026).getProducedType()).isInstanceOf(RecordType.class);
    }
}

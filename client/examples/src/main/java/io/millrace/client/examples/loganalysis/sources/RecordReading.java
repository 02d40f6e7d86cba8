package io.millrace.client.examples.loganalysis.sources;

import io.millrace.api.serialization.DeserializationSchema;
import io.millrace.api.types.TypeInformation;
import io.millrace.api.util.Collector;
import io.millrace.client.connectors.kafka.source.KafkaRecordDeserializationSchema;
import io.millrace.client.examples.loganalysis.event.LogEvent;
import io.millrace.client.examples.loganalysis.output.LinePosition;
import io.millrace.client.examples.loganalysis.output.RejectedLine;
import io.millrace.client.examples.loganalysis.reading.LogFormat;
import io.millrace.client.examples.loganalysis.reading.LogReader;
import io.millrace.client.examples.loganalysis.reading.ReadingOutput;
import io.millrace.client.examples.loganalysis.reading.RejectionCode;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads the records of a topic in the source itself, so that each partition has event time of its own. A record is a
 * line; one without a value is an empty line. What is no event is rejected with partition and offset.
 */
public final class RecordReading implements KafkaRecordDeserializationSchema<ReadRecord> {
    private static final long serialVersionUID = 1L;

    private final LogFormat format;
    private final int firstYear;

    private transient LogReader reader;
    private transient Findings findings;

    public RecordReading(LogFormat format, int firstYear) {
        this.format = format;
        this.firstYear = firstYear;
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        reader = format.reader(firstYear);
        findings = new Findings();
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<ReadRecord> out) {
        findings.record = record;
        findings.line = record.value() == null ? "" : new String(record.value(), StandardCharsets.UTF_8);
        findings.out = out;
        reader.read(findings.line, findings);
    }

    @Override
    public TypeInformation<ReadRecord> getProducedType() {
        return TypeInformation.of(ReadRecord.class);
    }

    /** Emits what the reader finds in the record at hand. */
    private static final class Findings implements ReadingOutput {
        private ConsumerRecord<byte[], byte[]> record;
        private String line;
        private Collector<ReadRecord> out;

        @Override
        public void event(LogEvent event) {
            out.collect(ReadRecord.of(event));
        }

        @Override
        public void rejected(RejectionCode code, String reason) {
            LinePosition position = LinePosition.offset(record.topic() + "-" + record.partition(), record.offset());
            out.collect(ReadRecord.rejected(
                    RejectedLine.of(position, line, code.name(), reason).toJson()));
        }

        @Override
        public void skipped() {
            // The analysis does not look at such lines.
        }
    }
}

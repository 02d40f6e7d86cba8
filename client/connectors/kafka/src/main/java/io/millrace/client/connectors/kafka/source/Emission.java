package io.millrace.client.connectors.kafka.source;

import io.millrace.api.source.SourceOutput;
import io.millrace.api.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Gives the elements of a record its timestamp. One for all records of a reader. */
final class Emission<T> implements Collector<T> {
    private SourceOutput<T> output;
    private long timestamp = ConsumerRecord.NO_TIMESTAMP;

    /** @param output of the next record */
    Emission(SourceOutput<T> output) {
        this.output = output;
    }

    void to(SourceOutput<T> splitOutput, long recordTimestamp) {
        output = splitOutput;
        timestamp = recordTimestamp;
    }

    @Override
    public void collect(T element) {
        if (timestamp == ConsumerRecord.NO_TIMESTAMP) {
            output.collect(element);
        } else {
            output.collect(element, timestamp);
        }
    }
}

package io.millrace.client.connectors.kafka.source;

import io.millrace.api.serialization.DeserializationSchema;
import io.millrace.api.types.ResultTypeQueryable;
import io.millrace.api.types.TypeInformation;
import io.millrace.api.util.Collector;
import java.io.IOException;
import java.io.Serializable;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Makes elements of records. One instance per reader, called by its subtask's thread. */
public interface KafkaRecordDeserializationSchema<T> extends Serializable, ResultTypeQueryable<T> {

    /** Called once before the first record. */
    default void open(DeserializationSchema.InitializationContext context) throws Exception {}

    /**
     * Emits any number of elements; they get the record's timestamp.
     *
     * @throws IOException if the record is no element; the job fails and names partition and offset
     */
    void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<T> out) throws IOException;

    /** Makes elements of the values alone. A record without a value, a tombstone, is refused. */
    static <T> KafkaRecordDeserializationSchema<T> valueOnly(DeserializationSchema<T> values) {
        return new ValueOnly<>(values);
    }

    /** Values alone. */
    record ValueOnly<T>(DeserializationSchema<T> values) implements KafkaRecordDeserializationSchema<T> {

        @Override
        public void open(DeserializationSchema.InitializationContext context) throws Exception {
            values.open(context);
        }

        @Override
        public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<T> out) throws IOException {
            if (record.value() == null) {
                throw new IOException("the record has no value (a tombstone); a KafkaRecordDeserializationSchema of"
                        + " your own can handle it");
            }
            values.deserialize(record.value(), out);
        }

        @Override
        public TypeInformation<T> getProducedType() {
            return values.getProducedType();
        }
    }
}

package io.millrace.client.connectors.kafka.sink;

import io.millrace.api.serialization.SerializationSchema;
import java.io.Serializable;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Makes the record to write of an element. One instance per writer, called by its subtask's thread. */
@FunctionalInterface
public interface KafkaRecordSerializationSchema<T> extends Serializable {

    /** Called once before the first element. */
    default void open(SerializationSchema.InitializationContext context, KafkaSinkContext sinkContext)
            throws Exception {}

    /**
     * @param timestamp the element's, in milliseconds since 1970-01-01T00:00Z, or null
     * @return null leaves the element out
     */
    @Nullable
    ProducerRecord<byte[], byte[]> serialize(T element, KafkaSinkContext context, @Nullable Long timestamp);

    static <T> KafkaRecordSerializationSchemaBuilder<T> builder() {
        return new KafkaRecordSerializationSchemaBuilder<>();
    }
}

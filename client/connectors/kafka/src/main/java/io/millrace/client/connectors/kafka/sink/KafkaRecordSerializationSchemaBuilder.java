package io.millrace.client.connectors.kafka.sink;

import io.millrace.api.serialization.SerializationSchema;
import io.millrace.client.connectors.kafka.KafkaErrors;
import io.millrace.common.core.error.Problem;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Puts a record serializer together. Records with a key go to the partition that Kafka's own hash of the key gives,
 * others are spread.
 *
 * @param <T> elements; serializers of their supertypes will do
 */
public final class KafkaRecordSerializationSchemaBuilder<T> {
    private @Nullable TopicSelector<? super T> topic;
    private @Nullable SerializationSchema<? super T> key;
    private @Nullable SerializationSchema<? super T> value;

    KafkaRecordSerializationSchemaBuilder() {}

    /** One topic for all elements. */
    public KafkaRecordSerializationSchemaBuilder<T> setTopic(String name) {
        if (name.isBlank()) {
            throw invalid("A topic has a name");
        }
        topic = element -> name;
        return this;
    }

    /** A topic for each element. */
    public KafkaRecordSerializationSchemaBuilder<T> setTopicSelector(TopicSelector<? super T> selector) {
        topic = selector;
        return this;
    }

    /** Without one, records have no key. */
    public KafkaRecordSerializationSchemaBuilder<T> setKeySerializationSchema(SerializationSchema<? super T> schema) {
        key = schema;
        return this;
    }

    public KafkaRecordSerializationSchemaBuilder<T> setValueSerializationSchema(SerializationSchema<? super T> schema) {
        value = schema;
        return this;
    }

    /** @throws io.millrace.common.core.error.MillraceException if topic or value is missing */
    public KafkaRecordSerializationSchema<T> build() {
        TopicSelector<? super T> topics = topic;
        SerializationSchema<? super T> values = value;
        if (topics == null || values == null) {
            throw invalid("A record serializer needs a topic and a value");
        }
        return new Parts<>(topics, key, values);
    }

    private static RuntimeException invalid(String what) {
        return Problem.of(KafkaErrors.KAFKA_SETTING_INVALID, what)
                .fix("Call setTopic or setTopicSelector, and setValueSerializationSchema")
                .asException();
    }

    /** A serializer of the parts given. */
    private record Parts<T>(
            TopicSelector<? super T> topic,
            @Nullable SerializationSchema<? super T> key,
            SerializationSchema<? super T> value)
            implements KafkaRecordSerializationSchema<T> {

        @Override
        public void open(SerializationSchema.InitializationContext context, KafkaSinkContext sinkContext)
                throws Exception {
            if (key != null) {
                key.open(context);
            }
            value.open(context);
        }

        @Override
        public ProducerRecord<byte[], byte[]> serialize(T element, KafkaSinkContext context, @Nullable Long timestamp) {
            // Kafka refuses times before 1970.
            Long written = timestamp != null && timestamp >= 0 ? timestamp : null;
            return new ProducerRecord<>(
                    topic.apply(element),
                    null,
                    written,
                    key == null ? null : key.serialize(element),
                    value.serialize(element));
        }
    }
}

package io.millrace.client.connectors.kafka.sink;

import io.millrace.api.sink.DeliveryGuarantee;
import io.millrace.client.connectors.kafka.KafkaErrors;
import io.millrace.client.connectors.kafka.PropertyRules;
import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.error.Problem;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Puts a Kafka sink together. At least once unless told otherwise. */
public final class KafkaSinkBuilder<T> {
    private static final int LONGEST_PREFIX = 1_000;

    private final TreeMap<String, String> properties = new TreeMap<>();
    private DeliveryGuarantee guarantee = DeliveryGuarantee.AT_LEAST_ONCE;
    private String prefix = "";
    private @Nullable KafkaRecordSerializationSchema<T> serializer;

    KafkaSinkBuilder() {}

    /** @param brokers {@code host:port}, several with commas between them */
    public KafkaSinkBuilder<T> setBootstrapServers(String brokers) {
        return setProperty(KafkaSinkSettings.BROKERS, brokers);
    }

    public KafkaSinkBuilder<T> setRecordSerializer(KafkaRecordSerializationSchema<T> recordSerializer) {
        serializer = recordSerializer;
        return this;
    }

    public KafkaSinkBuilder<T> setDeliveryGuarantee(DeliveryGuarantee deliveryGuarantee) {
        guarantee = deliveryGuarantee;
        return this;
    }

    /**
     * What the names of this sink's transactions start with; needed for exactly-once delivery. Different for each sink
     * of a job, and the same whenever the job runs again.
     */
    public KafkaSinkBuilder<T> setTransactionalIdPrefix(String transactionalIdPrefix) {
        prefix = transactionalIdPrefix;
        return this;
    }

    /** A property of Kafka's producer. */
    public KafkaSinkBuilder<T> setProperty(String key, String value) {
        properties.put(key, value);
        return this;
    }

    /** Properties of Kafka's producer. */
    public KafkaSinkBuilder<T> setKafkaProducerConfig(Properties producerProperties) {
        producerProperties.stringPropertyNames().forEach(key -> setProperty(key, producerProperties.getProperty(key)));
        return this;
    }

    /** @throws MillraceException if something is missing, does not go together, or a property is refused */
    public KafkaSink<T> build() {
        KafkaRecordSerializationSchema<T> records = serializer;
        KafkaSinkSettings settings = new KafkaSinkSettings(properties, guarantee, prefix);
        if (settings.brokers().isBlank()) {
            throw invalid(settings, "A Kafka sink needs brokers", "Call setBootstrapServers(\"host:port\")");
        }
        if (records == null) {
            throw invalid(settings, "A Kafka sink needs a record serializer", "Call setRecordSerializer");
        }
        PropertyRules.check(properties, settings.place());
        if (settings.isExactlyOnce()) {
            checkExactlyOnce(settings);
        }
        return new KafkaSink<>(settings, records);
    }

    private void checkExactlyOnce(KafkaSinkSettings settings) {
        if (prefix.isBlank() || prefix.length() > LONGEST_PREFIX) {
            throw invalid(
                    settings,
                    "Exactly-once delivery needs a transactional id prefix of 1 to " + LONGEST_PREFIX + " characters",
                    "Call setTransactionalIdPrefix with a name that no other sink has");
        }
        String acks = properties.getOrDefault("acks", "all");
        if (!acks.equals("all") && !acks.equals("-1")) {
            throw invalid(settings, "Exactly-once delivery needs acks=all, found " + acks, "Leave acks out");
        }
        if (!properties.getOrDefault("enable.idempotence", "true").equals("true")) {
            throw invalid(settings, "Exactly-once delivery needs idempotence", "Leave enable.idempotence out");
        }
        try {
            if (settings.transactionTimeoutMillis() < 1) {
                throw new NumberFormatException("less than 1");
            }
        } catch (NumberFormatException e) {
            throw invalid(
                    settings,
                    "transaction.timeout.ms is a number of milliseconds, found '"
                            + properties.get(KafkaSinkSettings.TRANSACTION_TIMEOUT) + "'",
                    "Give a whole number above 0");
        }
    }

    private static MillraceException invalid(KafkaSinkSettings settings, String what, String step) {
        return Problem.of(KafkaErrors.KAFKA_SETTING_INVALID, what)
                .at(settings.place())
                .fix(step)
                .asException();
    }
}

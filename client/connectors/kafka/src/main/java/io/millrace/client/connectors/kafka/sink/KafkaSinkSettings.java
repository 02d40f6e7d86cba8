package io.millrace.client.connectors.kafka.sink;

import io.millrace.api.sink.DeliveryGuarantee;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a sink was built with.
 *
 * @param properties of the producers, the brokers among them
 * @param transactionalIdPrefix empty without transactions
 */
record KafkaSinkSettings(TreeMap<String, String> properties, DeliveryGuarantee guarantee, String transactionalIdPrefix)
        implements Serializable {
    static final String BROKERS = "bootstrap.servers";
    static final String TRANSACTION_TIMEOUT = "transaction.timeout.ms";

    /** The most that brokers allow unless told otherwise. */
    private static final String DEFAULT_TRANSACTION_TIMEOUT_MILLIS = "900000";

    /** Records and calls wait this long for a broker, longer than brokers take to come back. */
    private static final Map<String, String> PATIENT =
            Map.of("delivery.timeout.ms", "180000", "max.block.ms", "180000", "request.timeout.ms", "10000");

    /** Without what only producers know. */
    private static final Map<String, String> EXACTLY_ONCE = Map.of(
            "acks", "all", "enable.idempotence", "true", TRANSACTION_TIMEOUT, DEFAULT_TRANSACTION_TIMEOUT_MILLIS);

    boolean isExactlyOnce() {
        return guarantee == DeliveryGuarantee.EXACTLY_ONCE;
    }

    String brokers() {
        return properties.getOrDefault(BROKERS, "");
    }

    String place() {
        return "Kafka sink at " + brokers()
                + (isExactlyOnce() ? ", transactional id prefix '" + transactionalIdPrefix + "'" : "");
    }

    long transactionTimeoutMillis() {
        return Long.parseLong(properties.getOrDefault(TRANSACTION_TIMEOUT, DEFAULT_TRANSACTION_TIMEOUT_MILLIS));
    }

    /** Of a producer without transactions. */
    Map<String, String> producer() {
        Map<String, String> producer = new HashMap<>(PATIENT);
        producer.putAll(properties);
        return producer;
    }

    /** Of the producer of one transactional id. */
    Map<String, String> transactionalProducer(String transactionalId) {
        Map<String, String> producer = new HashMap<>(PATIENT);
        producer.putAll(EXACTLY_ONCE);
        producer.putAll(properties);
        producer.put("transactional.id", transactionalId);
        return producer;
    }

    /** Of clients that are no producers: brokers and security. */
    Map<String, String> otherClients() {
        Map<String, String> other = new HashMap<>();
        properties.forEach((key, value) -> {
            if (key.equals(BROKERS)
                    || key.startsWith("sasl.")
                    || key.startsWith("ssl.")
                    || key.startsWith("security.")
                    || key.equals("client.dns.lookup")) {
                other.put(key, value);
            }
        });
        return other;
    }
}

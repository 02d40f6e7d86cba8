package io.millrace.client.connectors.kafka.source;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a source was built with.
 *
 * @param properties of the consumers, the brokers among them
 * @param topics to read; empty if there is a pattern
 * @param starting where to start
 * @param stopping where to stop; null reads on for ever
 * @param discoveryMillis between two looks for new partitions; 0 looks once
 */
record KafkaSourceSettings(
        TreeMap<String, String> properties,
        ArrayList<String> topics,
        @Nullable Pattern pattern,
        OffsetsInitializer starting,
        @Nullable OffsetsInitializer stopping,
        long discoveryMillis)
        implements Serializable {
    static final String BROKERS = "bootstrap.servers";
    static final String GROUP = "group.id";
    static final String ISOLATION = "isolation.level";
    private static final String CALL_TIMEOUT_MILLIS = "10000";

    boolean isBounded() {
        return stopping != null;
    }

    boolean isReadingCommitted() {
        return properties.getOrDefault(ISOLATION, "read_committed").equals("read_committed");
    }

    String brokers() {
        return properties.getOrDefault(BROKERS, "");
    }

    String group() {
        return properties.getOrDefault(GROUP, "");
    }

    String place() {
        String what = pattern == null ? String.join(", ", topics) : "topics like " + pattern;
        return "Kafka source " + what + " at " + brokers();
    }

    Map<String, String> consumer() {
        Map<String, String> consumer = new HashMap<>(
                Map.of(ISOLATION, "read_committed", "max.poll.records", "1000", "allow.auto.create.topics", "false"));
        consumer.putAll(properties);
        consumer.put("enable.auto.commit", "false");
        // A lost position is a failure, never a jump.
        consumer.put("auto.offset.reset", "none");
        return consumer;
    }

    /** Brokers and security, for the admin client. */
    Map<String, String> admin() {
        Map<String, String> admin = new HashMap<>();
        properties.forEach((key, value) -> {
            if (key.equals(BROKERS)
                    || key.startsWith("sasl.")
                    || key.startsWith("ssl.")
                    || key.startsWith("security.")
                    || key.equals("client.dns.lookup")) {
                admin.put(key, value);
            }
        });
        admin.put("default.api.timeout.ms", CALL_TIMEOUT_MILLIS);
        admin.put("request.timeout.ms", CALL_TIMEOUT_MILLIS);
        return admin;
    }
}

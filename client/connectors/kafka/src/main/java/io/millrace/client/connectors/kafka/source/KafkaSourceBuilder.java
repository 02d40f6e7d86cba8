package io.millrace.client.connectors.kafka.source;

import io.millrace.api.serialization.DeserializationSchema;
import io.millrace.client.connectors.kafka.KafkaErrors;
import io.millrace.client.connectors.kafka.PropertyRules;
import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.error.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Puts a Kafka source together. Reads from the oldest record on, for ever, and finds new partitions every minute. */
public final class KafkaSourceBuilder<T> {
    /** Milliseconds between two looks for new partitions; 0 or less looks once. */
    public static final String DISCOVERY_INTERVAL = "partition.discovery.interval.ms";

    private static final String DEFAULT_DISCOVERY_MILLIS = "60000";

    private final TreeMap<String, String> properties = new TreeMap<>();
    private final ArrayList<String> topics = new ArrayList<>();
    private @Nullable Pattern pattern;
    private OffsetsInitializer starting = OffsetsInitializer.earliest();
    private @Nullable OffsetsInitializer stopping;
    private @Nullable KafkaRecordDeserializationSchema<T> deserializer;

    KafkaSourceBuilder() {}

    /** @param brokers {@code host:port}, several with commas between them */
    public KafkaSourceBuilder<T> setBootstrapServers(String brokers) {
        return setProperty(KafkaSourceSettings.BROKERS, brokers);
    }

    public KafkaSourceBuilder<T> setTopics(String... names) {
        return setTopics(Arrays.asList(names));
    }

    public KafkaSourceBuilder<T> setTopics(List<String> names) {
        topics.clear();
        topics.addAll(names);
        return this;
    }

    /** Reads every topic whose whole name matches, also those that appear later. */
    public KafkaSourceBuilder<T> setTopicPattern(Pattern names) {
        pattern = names;
        return this;
    }

    /** The group that positions are committed to with each checkpoint, for people to watch. */
    public KafkaSourceBuilder<T> setGroupId(String group) {
        return setProperty(KafkaSourceSettings.GROUP, group);
    }

    public KafkaSourceBuilder<T> setStartingOffsets(OffsetsInitializer initializer) {
        starting = initializer;
        return this;
    }

    /** Ends when every partition is read up to these offsets, exclusive. */
    public KafkaSourceBuilder<T> setBounded(OffsetsInitializer initializer) {
        stopping = initializer;
        return this;
    }

    public KafkaSourceBuilder<T> setDeserializer(KafkaRecordDeserializationSchema<T> schema) {
        deserializer = schema;
        return this;
    }

    public KafkaSourceBuilder<T> setValueOnlyDeserializer(DeserializationSchema<T> schema) {
        return setDeserializer(KafkaRecordDeserializationSchema.valueOnly(schema));
    }

    /** A property of Kafka's consumer, or {@link #DISCOVERY_INTERVAL}. */
    public KafkaSourceBuilder<T> setProperty(String key, String value) {
        properties.put(key, value);
        return this;
    }

    /** Properties of Kafka's consumer. */
    public KafkaSourceBuilder<T> setProperties(Properties consumerProperties) {
        consumerProperties.stringPropertyNames().forEach(key -> setProperty(key, consumerProperties.getProperty(key)));
        return this;
    }

    /** @throws MillraceException if something is missing, does not go together, or a property is refused */
    public KafkaSource<T> build() {
        TreeMap<String, String> consumer = new TreeMap<>(properties);
        String interval = consumer.remove(DISCOVERY_INTERVAL);
        long discoveryMillis = discoveryMillis(interval == null ? DEFAULT_DISCOVERY_MILLIS : interval);
        KafkaSourceSettings settings = new KafkaSourceSettings(
                consumer, new ArrayList<>(topics), pattern, starting, stopping, discoveryMillis);
        if (settings.brokers().isBlank()) {
            throw invalid(settings.place(), "A Kafka source needs brokers", "Call setBootstrapServers(\"host:port\")");
        }
        if (topics.isEmpty() == (pattern == null)) {
            throw invalid(
                    settings.place(),
                    "A Kafka source reads topics by name or by a pattern, found "
                            + (topics.isEmpty() ? "neither" : "both"),
                    "Call either setTopics or setTopicPattern");
        }
        KafkaRecordDeserializationSchema<T> records = deserializer;
        if (records == null) {
            throw invalid(
                    settings.place(),
                    "A Kafka source needs a deserializer",
                    "Call setValueOnlyDeserializer(new SimpleStringSchema()) or setDeserializer");
        }
        if (starting instanceof CommittedOffsets && settings.group().isBlank()) {
            throw invalid(
                    settings.place(), "Committed offsets are those of a group, and none is set", "Call setGroupId");
        }
        PropertyRules.check(consumer, settings.place());
        return new KafkaSource<>(settings, records);
    }

    private static long discoveryMillis(String text) {
        try {
            return Math.max(0, Long.parseLong(text.strip()));
        } catch (NumberFormatException e) {
            throw invalid(
                    "Kafka source",
                    DISCOVERY_INTERVAL + " is a number of milliseconds, found '" + text + "'",
                    "Give a whole number; 0 looks for partitions once");
        }
    }

    private static MillraceException invalid(String place, String what, String step) {
        return Problem.of(KafkaErrors.KAFKA_SETTING_INVALID, what)
                .at(place)
                .fix(step)
                .asException();
    }
}

package io.millrace.client.examples.loganalysis.options;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A topic and where it is.
 *
 * @param brokers {@code host:port}, several with commas between them
 */
public record KafkaTopic(String brokers, String topic) {
    static final KafkaTopic DEFAULT = new KafkaTopic("localhost:9092", "user-logs");

    private static final Pattern BROKERS = Pattern.compile("[^,:/\\s]+:[0-9]{1,5}(,[^,:/\\s]+:[0-9]{1,5})*");
    private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9._-]{1,249}");

    /** Reads {@code BROKERS/TOPIC}. */
    static Optional<KafkaTopic> parse(String text) {
        int slash = text.lastIndexOf('/');
        if (slash < 0) {
            return Optional.empty();
        }
        String brokers = text.substring(0, slash);
        String topic = text.substring(slash + 1);
        boolean valid =
                BROKERS.matcher(brokers).matches() && TOPIC.matcher(topic).matches();
        return valid ? Optional.of(new KafkaTopic(brokers, topic)) : Optional.empty();
    }
}

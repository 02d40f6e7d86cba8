package io.millrace.client.connectors.kafka;

import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.error.Problem;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Says that a topic is missing, with the topics whose names are nearest. */
public final class TopicNames {
    private static final int SHOWN = 3;

    private TopicNames() {}

    /** The known names nearest to {@code missing}, at most three; internal topics are left out. */
    public static List<String> near(String missing, Collection<String> known) {
        return known.stream()
                .filter(name -> !name.startsWith("__"))
                .sorted(Comparator.<String>comparingInt(name -> distance(missing, name))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(SHOWN)
                .toList();
    }

    /** {@code KAFKA_TOPIC_MISSING} */
    public static MillraceException missing(
            String topic, String brokers, List<String> near, String place, @Nullable Throwable cause) {
        Problem problem = Problem.of(
                        KafkaErrors.KAFKA_TOPIC_MISSING, "The topic '" + topic + "' does not exist at " + brokers)
                .at(place)
                .because(near.isEmpty() ? "The cluster has no topics that this client may see" : "")
                .fix(
                        near.isEmpty()
                                ? "Create the topic, or let this client see it"
                                : "Did you mean '" + String.join("' or '", near) + "'? Else create the topic");
        return cause == null ? problem.asException() : problem.asException(cause);
    }

    /** Edits of one character, regardless of case. */
    private static int distance(String left, String right) {
        String a = left.toLowerCase(Locale.ROOT);
        String b = right.toLowerCase(Locale.ROOT);
        int[] above = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int swap = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(swap, Math.min(above[j], row[j - 1]) + 1);
            }
            above = row;
        }
        return above[b.length()];
    }
}

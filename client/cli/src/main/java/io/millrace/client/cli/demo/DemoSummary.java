package io.millrace.client.cli.demo;

import io.millrace.client.cli.view.Times;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The closing line of the demonstration. */
final class DemoSummary {
    private static final Map<String, String> KINDS = new LinkedHashMap<>();

    static {
        KINDS.put("security_alert", "security alerts");
        KINDS.put("anomaly_alert", "anomaly alerts");
        KINDS.put("user_metrics", "user metrics");
        KINDS.put("late", "late");
        KINDS.put("rejected", "rejected");
    }

    private DemoSummary() {}

    /**
     * @param counts lines by kind
     * @param logLines that were analysed; empty if unknown
     * @param millis from the submission to the end
     * @param dropped lines that could not be shown in time and are not counted
     */
    static String text(Map<String, Long> counts, Optional<Long> logLines, long millis, long dropped) {
        List<String> parts = new ArrayList<>();
        Map<String, Long> others = new TreeMap<>(counts);
        KINDS.forEach((kind, words) -> {
            parts.add(number(counts.getOrDefault(kind, 0L)) + " " + words);
            others.remove(kind);
        });
        others.forEach((kind, count) -> parts.add(number(count) + " " + kind));
        if (dropped > 0) {
            parts.add(number(dropped) + " lines dropped");
        }
        String analysed = logLines.map(DemoSummary::number).orElse("an unknown number of");
        return "Demo summary: " + analysed + " log lines in " + Times.span(millis) + ": " + String.join(", ", parts);
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}

package io.millrace.client.examples.loganalysis.reference;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.client.examples.loganalysis.event.LogEvent;
import io.millrace.client.examples.loganalysis.options.RuleSet;
import io.millrace.client.examples.loganalysis.reading.LogFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the job must write for a bounded input: the specification as straight loops over all of it, without state,
 * timers or windows. The oracle that any run of the job is compared with, as a multiset of lines.
 */
public final class ReferenceModel {
    private static final Set<String> CONTENT = Set.of("view", "purchase", "download");

    private final RuleSet rules;
    private final List<ObjectNode> output = new ArrayList<>();

    private ReferenceModel(RuleSet rules) {
        this.rules = rules;
    }

    /**
     * The expected lines, sorted. Of rejected lines only type, source and line number are in them: codes and reasons
     * are the readers' own; {@link #comparable} takes the rest out of a line that the job wrote.
     */
    public static List<String> expected(RuleSet rules, LogFormat format, int year, List<SourceText> inputs) {
        ReferenceModel model = new ReferenceModel(rules);
        List<LogEvent> onTime = model.readAll(new ReferenceReader(format, year), inputs);
        Map<String, List<LogEvent>> users = new LinkedHashMap<>();
        for (LogEvent event : onTime) {
            users.computeIfAbsent(event.userId(), user -> new ArrayList<>()).add(event);
        }
        for (List<LogEvent> events : users.values()) {
            if (rules == RuleSet.PRECISE) {
                // The sort is stable: events of the same second stay in order of arrival.
                events.sort(Comparator.comparingLong(LogEvent::timestamp));
                model.securityAlerts(events);
                model.anomalyAlerts(events, Set.of("login_success", "login"));
                model.minuteMetrics(events);
            } else {
                model.countedAlerts(events);
                model.anomalyAlerts(events, Set.of("login_success"));
                model.runningMetrics(events);
            }
        }
        return model.output.stream().map(ObjectNode::toString).sorted().toList();
    }

    /**
     * A line that the job wrote in the form of the expected ones.
     *
     * @throws AssertionError if a rejected line's message is not made of the line and the reason
     */
    public static String comparable(String line, List<SourceText> inputs) {
        try {
            ObjectNode object = (ObjectNode) ReferenceReader.MAPPER.readTree(line);
            if (object.get("type").textValue().equals("rejected")) {
                checkMessage(object, inputs);
                object.remove(List.of("code", "reason", "message"));
            }
            return object.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void checkMessage(ObjectNode rejected, List<SourceText> inputs) {
        String source = rejected.get("source").textValue();
        int number = rejected.get("line").intValue();
        SourceText input =
                inputs.stream().filter(i -> i.name().equals(source)).findFirst().orElseThrow();
        String start = "Failed to parse log: ";
        String end = ", Error: " + rejected.get("reason").textValue();
        String message = rejected.get("message").textValue();
        String shown = message.substring(start.length(), message.length() - end.length());
        if (!message.equals(start + shown + end)
                || !input.lines().get(number - 1).startsWith(shown)
                || rejected.get("code").textValue().isEmpty()) {
            throw new AssertionError("not the message of line " + number + " of " + source + ": " + rejected);
        }
    }

    /**
     * Reads the inputs one after another, writes what is rejected or late, and returns the rest in order of arrival.
     */
    private List<LogEvent> readAll(ReferenceReader reader, List<SourceText> inputs) {
        List<LogEvent> onTime = new ArrayList<>();
        long watermark = Long.MIN_VALUE;
        for (SourceText input : inputs) {
            for (int i = 0; i < input.lines().size(); i++) {
                Optional<List<LogEvent>> events = reader.read(input.lines().get(i));
                if (events.isEmpty()) {
                    line("rejected").put("source", input.name()).put("line", i + 1);
                }
                for (LogEvent event : events.orElse(List.of())) {
                    long time = event.timestamp() * 1000;
                    if (rules == RuleSet.PRECISE && time <= watermark) {
                        late(event);
                    } else {
                        onTime.add(event);
                    }
                    watermark = Math.max(watermark, time - 10_000 - 1);
                }
            }
        }
        return onTime;
    }

    private void late(LogEvent event) {
        try {
            line("late")
                    .put("user_id", event.userId())
                    .put("session_id", event.sessionId())
                    .put("action", event.action())
                    .put("timestamp", event.timestamp())
                    .put("ip_address", event.ipAddress())
                    .put("user_agent", event.userAgent())
                    .set("metadata", ReferenceReader.MAPPER.readTree(event.metadata()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void securityAlerts(List<LogEvent> events) {
        List<Long> failures = new ArrayList<>();
        for (LogEvent event : events) {
            long t = event.timestamp();
            if (event.action().equals("login_success")) {
                failures.clear();
            }
            if (event.action().equals("login_failed")) {
                failures.removeIf(x -> t - x > 300);
                failures.add(t);
                if (failures.size() >= 5) {
                    line("security_alert")
                            .put("user_id", event.userId())
                            .put("timestamp", t)
                            .put("first", failures.get(0))
                            .put("failures", failures.size())
                            .put("message", "Multiple failed login attempts: " + failures.size());
                    failures.clear();
                }
            }
        }
    }

    private void countedAlerts(List<LogEvent> events) {
        int failures = 0;
        for (LogEvent event : events) {
            if (event.action().equals("login_success")) {
                failures = 0;
            }
            if (event.action().equals("login_failed")) {
                failures++;
                if (failures == 5) {
                    line("security_alert")
                            .put("user_id", event.userId())
                            .put("timestamp", event.timestamp())
                            .put("failures", 5)
                            .put("message", "Multiple failed login attempts: 5");
                    failures = 0;
                }
            }
        }
    }

    private void anomalyAlerts(List<LogEvent> events, Set<String> logins) {
        for (int i = 0; i < events.size(); i++) {
            LogEvent event = events.get(i);
            int login = i - 1;
            while (login >= 0 && !logins.contains(events.get(login).action())) {
                login--;
            }
            if (CONTENT.contains(event.action()) && login >= 0) {
                long lastLogin = events.get(login).timestamp();
                if (event.timestamp() - lastLogin > 86_400) {
                    line("anomaly_alert")
                            .put("user_id", event.userId())
                            .put("timestamp", event.timestamp())
                            .put("action", event.action())
                            .put("last_login", lastLogin)
                            .put("inactive_seconds", event.timestamp() - lastLogin)
                            .put("message", "Activity after long inactivity: " + event.action());
                }
            }
        }
    }

    private void minuteMetrics(List<LogEvent> events) {
        Map<Long, List<LogEvent>> minutes = new TreeMap<>();
        for (LogEvent event : events) {
            minutes.computeIfAbsent(event.timestamp() / 60, minute -> new ArrayList<>())
                    .add(event);
        }
        minutes.forEach((minute, inMinute) -> {
            long last = events.lastIndexOf(inMinute.get(inMinute.size() - 1));
            long session = 0;
            long active = 0;
            for (int i = 1; i <= last; i++) {
                long gap = events.get(i).timestamp() - events.get(i - 1).timestamp();
                session += gap;
                active += gap > 1_800 ? 0 : gap;
            }
            ObjectNode metrics = line("user_metrics")
                    .put("user_id", inMinute.get(0).userId())
                    .put("window_start", minute * 60)
                    .put("window_end", minute * 60 + 60)
                    .put("events", inMinute.size());
            metrics.set("action_counts", counts(inMinute));
            metrics.put("session_duration", session).put("active_duration", active);
        });
    }

    private void runningMetrics(List<LogEvent> events) {
        for (int i = 0; i < events.size(); i++) {
            long now = events.get(i).timestamp();
            if (now % 60 == 0) {
                ObjectNode metrics = line("user_metrics")
                        .put("user_id", events.get(i).userId())
                        .put("timestamp", now)
                        .put("session_duration", now - events.get(0).timestamp());
                metrics.set("action_counts", counts(events.subList(0, i + 1)));
            }
        }
    }

    private static ObjectNode counts(List<LogEvent> events) {
        Map<String, Integer> counts = new TreeMap<>();
        events.forEach(event -> counts.merge(event.action(), 1, Integer::sum));
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        counts.forEach(object::put);
        return object;
    }

    private ObjectNode line(String type) {
        ObjectNode object = JsonNodeFactory.instance.objectNode().put("type", type);
        output.add(object);
        return object;
    }
}

package io.millrace.client.examples.loganalysis.reference;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.client.examples.loganalysis.event.LogEvent;
import io.millrace.client.examples.loganalysis.reading.LogFormat;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads lines the slow way, with a tree and regular expressions, written from the specification alone. Good for lines
 * of everyday size and for logs whose years turn in order.
 */
final class ReferenceReader {
    static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    static {
        MAPPER.getFactory()
                .setStreamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(500).build());
    }

    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
    private static final Pattern SYSLOG =
            Pattern.compile("([A-Z][a-z][a-z]) ([ 0-9][0-9]) (\\d\\d:\\d\\d:\\d\\d) \\S+ ([^\\s\\[(:]+)\\S*: (.*)");
    private static final Pattern REPEATED = Pattern.compile("message repeated (\\d{1,6}) times: \\[ (.*)\\]");
    private static final Pattern FAILED =
            Pattern.compile("Failed (?:password|none|publickey) for (?:invalid user )?(.+) from (\\S+) port .*");
    private static final Pattern ACCEPTED = Pattern.compile("Accepted \\S+ for (.+) from (\\S+) port .*");
    private static final Pattern SESSION =
            Pattern.compile("(?:pam_\\S+: )?session (opened|closed) for user (\\w+)(?:\\(uid=\\d+\\))?(?: by .*)?");
    private static final Pattern ACCESS =
            Pattern.compile("(\\S+) \\S+ \\S+ \\[([^\\]]+)\\] \"(\\S+) ?([^\"?# ]*)[^\"]*\""
                    + " (\\d+) (\\d+|-) \"[^\"]*\" \"([^\"]*)\"");
    private static final DateTimeFormatter ACCESS_TIME =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss xx", Locale.ENGLISH);
    private static final Pattern ARCHIVE = Pattern.compile(".*\\.(zip|gz|tgz|jar|deb|gem|tar|bz2|xz|7z|rar|rpm)");

    private final LogFormat format;
    private int year;
    private int lastMonth;

    ReferenceReader(LogFormat format, int year) {
        this.format = format;
        this.year = year;
    }

    /** The events of a line; empty if it must be rejected. A line that is skipped has no events. */
    Optional<List<LogEvent>> read(String line) {
        return switch (format) {
            case JSON -> json(line).map(List::of);
            case SSHD -> Optional.of(sshd(line.stripTrailing()));
            case ACCESS -> access(line.stripTrailing()).map(List::of);
        };
    }

    private static Optional<LogEvent> json(String line) {
        JsonNode tree;
        try {
            tree = MAPPER.readTree(line);
        } catch (JsonProcessingException notJson) {
            return Optional.empty();
        }
        if (!tree.isObject()) {
            return Optional.empty();
        }
        for (String field : List.of("user_id", "session_id", "action", "ip_address", "user_agent")) {
            if (!tree.path(field).isTextual()) {
                return Optional.empty();
            }
        }
        JsonNode timestamp = tree.path("timestamp");
        JsonNode metadata = tree.path("metadata");
        boolean good = timestamp.isIntegralNumber()
                && timestamp.canConvertToLong()
                && timestamp.longValue() >= 0
                && timestamp.longValue() <= 253_402_300_799L
                && (metadata.isMissingNode() || metadata.isNull() || metadata.isObject())
                && !tree.get("user_id").textValue().isEmpty()
                && !tree.get("action").textValue().isEmpty();
        return !good
                ? Optional.empty()
                : Optional.of(new LogEvent(
                        tree.get("user_id").textValue(),
                        tree.get("session_id").textValue(),
                        tree.get("action").textValue(),
                        timestamp.longValue(),
                        tree.get("ip_address").textValue(),
                        tree.get("user_agent").textValue(),
                        metadata.isObject() ? metadata.toString() : "{}"));
    }

    private List<LogEvent> sshd(String line) {
        Matcher syslog = SYSLOG.matcher(line);
        if (!syslog.matches()) {
            return List.of();
        }
        int month = MONTHS.indexOf(syslog.group(1)) / 3 + 1;
        year += lastMonth == 12 && month == 1 ? 1 : 0;
        lastMonth = month;
        long seconds = LocalDateTime.parse(String.format(
                        "%04d-%02d-%02dT%s",
                        year, month, Integer.parseInt(syslog.group(2).trim()), syslog.group(3)))
                .toEpochSecond(ZoneOffset.UTC);
        String message = syslog.group(5);
        int times = 1;
        Matcher repeated = REPEATED.matcher(message);
        if (repeated.matches()) {
            times = Integer.parseInt(repeated.group(1));
            message = repeated.group(2);
        }
        List<LogEvent> events = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            sshdMessage(seconds, syslog.group(4), message).ifPresent(events::add);
        }
        return events;
    }

    private static Optional<LogEvent> sshdMessage(long seconds, String program, String message) {
        boolean sshd = program.equals("sshd");
        Matcher failed = FAILED.matcher(message);
        if (sshd && failed.matches() && !failed.group(1).equals("invalid user ")) {
            return Optional.of(event(failed.group(1), "login_failed", seconds, failed.group(2), ""));
        }
        Matcher accepted = ACCEPTED.matcher(message);
        if (sshd && accepted.matches()) {
            return Optional.of(event(accepted.group(1), "login_success", seconds, accepted.group(2), ""));
        }
        Matcher session = SESSION.matcher(message);
        if (session.matches() && session.group(1).equals("closed")) {
            return Optional.of(event(session.group(2), "logout", seconds, "", ""));
        }
        if (session.matches() && !sshd) {
            return Optional.of(event(session.group(2), "login", seconds, "", ""));
        }
        return Optional.empty();
    }

    private static Optional<LogEvent> access(String line) {
        Matcher access = ACCESS.matcher(line);
        if (!access.matches()) {
            return Optional.empty();
        }
        String method = access.group(3);
        long bytes = access.group(6).equals("-") ? 0 : Long.parseLong(access.group(6));
        boolean archive =
                ARCHIVE.matcher(access.group(4).toLowerCase(Locale.ROOT)).matches();
        String action = method.toLowerCase(Locale.ROOT);
        if (access.group(5).equals("401")) {
            action = "login_failed";
        } else if (method.equals("GET")) {
            action = archive || bytes > 100_000 ? "download" : "view";
        } else if (method.equals("POST")) {
            action = "purchase";
        }
        try {
            long seconds = OffsetDateTime.parse(access.group(2), ACCESS_TIME).toEpochSecond();
            String agent = access.group(7).equals("-") ? "" : access.group(7);
            return Optional.of(event(access.group(1), action, seconds, access.group(1), agent));
        } catch (DateTimeException noTime) {
            return Optional.empty();
        }
    }

    private static LogEvent event(String user, String action, long seconds, String address, String agent) {
        return new LogEvent(user, "", action, seconds, address, agent, "{}");
    }
}

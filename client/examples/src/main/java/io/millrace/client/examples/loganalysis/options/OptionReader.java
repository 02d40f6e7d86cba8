package io.millrace.client.examples.loganalysis.options;

import io.millrace.client.examples.loganalysis.reading.LogFormat;
import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.error.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Turns the values of a command line into options and refuses what does not fit together. */
final class OptionReader {
    private static final String SOURCE_FORMS =
            "generator, generator:tutorial, file:PATH[,PATH...], socket:HOST:PORT or kafka[:HOST:PORT/TOPIC]";
    private static final String DESTINATION_FORMS = "print, file:DIRECTORY or kafka:HOST:PORT/TOPIC";
    private static final String START_FORMS = "earliest, latest, committed or timestamp:MILLISECONDS";
    private static final String DEFAULT_GROUP = "log-analyzer-group";
    private static final String KAFKA = "kafka";
    private static final String TIMESTAMP = "timestamp:";
    private static final String FILE = "file:";
    private static final String SOCKET = "socket:";
    private static final int LAST_YEAR = 9999;
    private static final int FIRST_YEAR = 1970;
    private static final int LAST_PORT = 65_535;

    private final CommandLine line;
    private final int thisYear;

    OptionReader(CommandLine line, int thisYear) {
        this.line = line;
        this.thisYear = thisYear;
    }

    LogAnalysisOptions read() {
        LogSource source = source();
        LogFormat format = format(source);
        Destination output = destination(CommandLine.OUTPUT, new Destination.Print());
        return new LogAnalysisOptions(
                source,
                optional(CommandLine.RATE, 1),
                format,
                year(format),
                rules(),
                destination(CommandLine.ALERTS, output),
                destination(CommandLine.METRICS, output),
                destination(CommandLine.SIDE, output));
    }

    private LogSource source() {
        List<String> values = line.has(CommandLine.SOURCE) ? line.all(CommandLine.SOURCE) : List.of("generator");
        String first = values.get(0);
        if (first.startsWith(FILE)) {
            refuse("a generator", CommandLine.COUNT, CommandLine.SEED, CommandLine.SPEEDUP);
            refuse("kafka", CommandLine.GROUP, CommandLine.START);
            return new LogSource.Files(paths(values), line.has(CommandLine.FOLLOW));
        }
        if (values.size() > 1) {
            throw invalid(CommandLine.SOURCE, values.get(1), "one source; only files may be several");
        }
        refuse("files", CommandLine.FOLLOW);
        if (first.equals(KAFKA) || first.startsWith(KAFKA + ":")) {
            refuse("a generator", CommandLine.COUNT, CommandLine.SEED, CommandLine.SPEEDUP);
            return kafka(first);
        }
        refuse("kafka", CommandLine.GROUP, CommandLine.START);
        if (first.startsWith(SOCKET)) {
            refuse("a generator", CommandLine.COUNT, CommandLine.SEED, CommandLine.SPEEDUP);
            return socket(first);
        }
        long seed = number(CommandLine.SEED, Long.MIN_VALUE, Long.MAX_VALUE, 1);
        OptionalLong count = optional(CommandLine.COUNT, 0);
        return switch (first) {
            case "generator" -> new LogSource.Generator(seed, speedup(), count);
            case "generator:tutorial" -> {
                refuse("the default generator; the tutorial's uses the wall clock", CommandLine.SPEEDUP);
                yield new LogSource.TutorialGenerator(seed, count);
            }
            default -> throw invalid(CommandLine.SOURCE, first, SOURCE_FORMS);
        };
    }

    private static List<String> paths(List<String> values) {
        List<String> paths = new ArrayList<>();
        for (String value : values) {
            String list = value.startsWith(FILE) ? value.substring(FILE.length()) : value;
            for (String path : list.split(",", -1)) {
                if (path.isEmpty()) {
                    throw invalid(CommandLine.SOURCE, value, "file:PATH[,PATH...]");
                }
                paths.add(path);
            }
        }
        return paths;
    }

    private static LogSource socket(String value) {
        String address = value.substring(SOCKET.length());
        int colon = address.lastIndexOf(':');
        String host = colon < 0 ? "" : address.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        if (host.isEmpty()) {
            throw invalid(CommandLine.SOURCE, value, "socket:HOST:PORT");
        }
        String port = address.substring(colon + 1);
        return new LogSource.Socket(
                host, (int) parse(CommandLine.SOURCE, port, 1, LAST_PORT, "a port from 1 to 65535"));
    }

    private LogSource kafka(String value) {
        KafkaTopic topic = value.equals(KAFKA) ? KafkaTopic.DEFAULT : topic(CommandLine.SOURCE, value, SOURCE_FORMS);
        String group = line.value(CommandLine.GROUP, DEFAULT_GROUP);
        if (group.isBlank()) {
            throw invalid(CommandLine.GROUP, group, "the name of a consumer group");
        }
        return new LogSource.Kafka(topic, group, start());
    }

    private static KafkaTopic topic(String name, String value, String forms) {
        return KafkaTopic.parse(value.substring(KAFKA.length() + 1)).orElseThrow(() -> invalid(name, value, forms));
    }

    private KafkaStart start() {
        if (!line.has(CommandLine.START)) {
            return KafkaStart.DEFAULT;
        }
        String value = line.value(CommandLine.START);
        if (value.startsWith(TIMESTAMP)) {
            String millis = value.substring(TIMESTAMP.length());
            return new KafkaStart(
                    KafkaStart.Point.TIMESTAMP, parse(CommandLine.START, millis, 0, Long.MAX_VALUE, START_FORMS));
        }
        return switch (value) {
            case "earliest" -> new KafkaStart(KafkaStart.Point.EARLIEST, 0);
            case "latest" -> new KafkaStart(KafkaStart.Point.LATEST, 0);
            case "committed" -> new KafkaStart(KafkaStart.Point.COMMITTED, 0);
            default -> throw invalid(CommandLine.START, value, START_FORMS);
        };
    }

    private LogFormat format(LogSource source) {
        boolean generated = source instanceof LogSource.Generator || source instanceof LogSource.TutorialGenerator;
        String value = line.value(CommandLine.FORMAT, "json");
        LogFormat format =
                switch (value) {
                    case "json" -> LogFormat.JSON;
                    case "sshd" -> LogFormat.SSHD;
                    case "access" -> LogFormat.ACCESS;
                    default -> throw invalid(CommandLine.FORMAT, value, "json, sshd or access");
                };
        if (generated && format != LogFormat.JSON) {
            throw conflict("A generator makes JSON lines, not " + value, CommandLine.FORMAT);
        }
        return format;
    }

    private int year(LogFormat format) {
        if (format != LogFormat.SSHD) {
            refuse("--format sshd", CommandLine.YEAR);
        }
        return (int) number(CommandLine.YEAR, FIRST_YEAR, LAST_YEAR, thisYear);
    }

    private RuleSet rules() {
        String value = line.value(CommandLine.RULES, "precise");
        return switch (value) {
            case "precise" -> RuleSet.PRECISE;
            case "tutorial" -> RuleSet.TUTORIAL;
            default -> throw invalid(CommandLine.RULES, value, "precise or tutorial");
        };
    }

    private Destination destination(String name, Destination otherwise) {
        if (!line.has(name)) {
            return otherwise;
        }
        String value = line.value(name);
        if (value.equals("print")) {
            return new Destination.Print();
        }
        if (value.startsWith(FILE) && value.length() > FILE.length()) {
            return new Destination.Directory(value.substring(FILE.length()));
        }
        if (value.startsWith(KAFKA + ":")) {
            return new Destination.Topic(topic(name, value, DESTINATION_FORMS));
        }
        throw invalid(name, value, DESTINATION_FORMS);
    }

    private double speedup() {
        String forms = "a number above 0, such as 60 or 0.5";
        String value = line.value(CommandLine.SPEEDUP, "1");
        if (!value.matches("[0-9]{1,9}(\\.[0-9]{1,9})?")) {
            throw invalid(CommandLine.SPEEDUP, value, forms);
        }
        double speedup = Double.parseDouble(value);
        if (speedup <= 0) {
            throw invalid(CommandLine.SPEEDUP, value, forms);
        }
        return speedup;
    }

    private OptionalLong optional(String name, long least) {
        return line.has(name) ? OptionalLong.of(number(name, least, Long.MAX_VALUE, least)) : OptionalLong.empty();
    }

    private long number(String name, long least, long most, long otherwise) {
        if (!line.has(name)) {
            return otherwise;
        }
        String forms = "a whole number";
        if (least > Long.MIN_VALUE) {
            forms += most == Long.MAX_VALUE ? " from " + least : " from " + least + " to " + most;
        }
        return parse(name, line.value(name), least, most, forms);
    }

    private static long parse(String name, String value, long least, long most, String forms) {
        try {
            long number = Long.parseLong(value);
            if (number >= least && number <= most && !value.startsWith("+")) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            throw invalid(name, value, forms);
        }
        throw invalid(name, value, forms);
    }

    /** Refuses options that only make sense for something that is not asked for. */
    private void refuse(String onlyFor, String... names) {
        for (String name : names) {
            if (line.has(name)) {
                throw conflict("Option " + name + " is only for " + onlyFor, name);
            }
        }
    }

    private static MillraceException conflict(String what, String name) {
        return Problem.of(OptionErrors.OPTION_CONFLICT, what)
                .at(name)
                .fix("Leave " + name + " out, or see what goes together with --help")
                .asException();
    }

    private static MillraceException invalid(String name, String value, String forms) {
        return Problem.of(OptionErrors.OPTION_VALUE_INVALID, "Option " + name + " does not accept '" + value + "'")
                .at(name)
                .fix("Give " + forms)
                .asException();
    }
}

package io.millrace.client.examples.loganalysis.options;

import io.millrace.common.core.error.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A command line taken apart into options and their values, which are not looked into yet. */
final class CommandLine {
    static final String SOURCE = "--source";
    static final String FORMAT = "--format";
    static final String RULES = "--rules";
    static final String RATE = "--rate";
    static final String FOLLOW = "--follow";
    static final String YEAR = "--year";
    static final String COUNT = "--count";
    static final String SEED = "--seed";
    static final String SPEEDUP = "--speedup";
    static final String GROUP = "--group";
    static final String START = "--start";
    static final String OUTPUT = "--output";
    static final String ALERTS = "--alerts";
    static final String METRICS = "--metrics";
    static final String SIDE = "--side";

    private static final List<String> NAMES = List.of(
            SOURCE, FORMAT, RULES, RATE, FOLLOW, YEAR, COUNT, SEED, SPEEDUP, GROUP, START, OUTPUT, ALERTS, METRICS,
            SIDE);

    private final Map<String, List<String>> values = new LinkedHashMap<>();

    private CommandLine() {}

    /** Takes {@code --name value} and {@code --name=value}; the source alone may have several values or come again. */
    static CommandLine parse(String[] args) {
        CommandLine line = new CommandLine();
        int next = 0;
        while (next < args.length) {
            next = line.addOption(args, next);
        }
        return line;
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    /** The single value of an option that is there. */
    String value(String name) {
        return all(name).get(0);
    }

    /** The value of an option, or {@code otherwise} if it is not there. */
    String value(String name, String otherwise) {
        return has(name) ? value(name) : otherwise;
    }

    List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    /** Adds the option at {@code position} and returns the position after it and its values. */
    private int addOption(String[] args, int position) {
        int equals = args[position].indexOf('=');
        boolean inline = args[position].startsWith("--") && equals >= 0;
        String name = inline ? args[position].substring(0, equals) : args[position];
        checkName(name);
        List<String> given = new ArrayList<>();
        if (inline) {
            given.add(args[position].substring(equals + 1));
        }
        int end = position + 1;
        while (!inline && end < args.length && !args[end].startsWith("--") && takesMore(name, given)) {
            given.add(args[end]);
            end++;
        }
        checkValues(name, given);
        values.computeIfAbsent(name, absent -> new ArrayList<>()).addAll(given);
        return end;
    }

    private static boolean takesMore(String name, List<String> given) {
        return switch (name) {
            case SOURCE -> true;
            case FOLLOW -> false;
            default -> given.isEmpty();
        };
    }

    private static void checkName(String name) {
        if (NAMES.contains(name)) {
            return;
        }
        String nearest = NearestName.of(name, NAMES);
        throw Problem.of(OptionErrors.OPTION_UNKNOWN, "'" + name + "' is no option of this job")
                .fix(nearest.isEmpty() ? "Use one of " + String.join(", ", NAMES) : "Did you mean " + nearest + "?")
                .asException();
    }

    private void checkValues(String name, List<String> given) {
        boolean flag = name.equals(FOLLOW);
        if (flag != given.isEmpty()) {
            String what = flag ? "Option " + name + " takes no value" : "Option " + name + " needs a value";
            throw Problem.of(OptionErrors.OPTION_VALUE_MISSING, what)
                    .at(name)
                    .fix("See the options with --help")
                    .asException();
        }
        if (has(name) && !name.equals(SOURCE)) {
            throw Problem.of(OptionErrors.OPTION_DUPLICATE, "Option " + name + " is given twice")
                    .at(name)
                    .fix("Give it once")
                    .asException();
        }
    }
}

package io.millrace.deploy.benchmarks.suite;

import java.util.ArrayList;
import java.util.List;

/**
 * An engine as the command line names it: {@code flink}, or with settings of the job beyond the defaults,
 * {@code millrace[checkpoint.interval=0ms;state.backend=rocksdb]}. So the same engine runs against itself.
 *
 * @param text as it was given; the name in the tables
 * @param engine without settings
 * @param settings each {@code key=value}
 */
record EngineName(String text, String engine, List<String> settings) {
    EngineName {
        settings = List.copyOf(settings);
    }

    static EngineName parse(String text) {
        int open = text.indexOf('[');
        if (open < 0) {
            return new EngineName(text, text, List.of());
        }
        if (!text.endsWith("]")) {
            throw new IllegalArgumentException("settings of an engine end with ']': " + text);
        }
        List<String> settings =
                List.of(text.substring(open + 1, text.length() - 1).split(";"));
        for (String setting : settings) {
            if (setting.indexOf('=') < 1) {
                throw new IllegalArgumentException("'" + setting + "' is not key=value: " + text);
            }
        }
        return new EngineName(text, text.substring(0, open), settings);
    }

    /** The settings, each behind {@code flag}, as words of a command. */
    List<String> flagged(String flag) {
        List<String> words = new ArrayList<>();
        settings.forEach(setting -> words.addAll(List.of(flag, setting)));
        return words;
    }
}

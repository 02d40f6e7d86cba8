package io.millrace.client.connectors.kafka;

import java.util.ArrayList;
import java.util.List;

/** Finds the login modules that a {@code sasl.jaas.config} names: the first word of each entry. */
final class JaasEntries {

    private JaasEntries() {}

    static List<String> loginModules(String configuration) {
        List<String> modules = new ArrayList<>();
        for (String entry : entries(configuration)) {
            String trimmed = entry.strip();
            if (!trimmed.isEmpty()) {
                modules.add(trimmed.split("\\s+", 2)[0]);
            }
        }
        return modules;
    }

    /** Entries end with a semicolon outside quotes. */
    private static List<String> entries(String configuration) {
        List<String> entries = new ArrayList<>();
        StringBuilder entry = new StringBuilder();
        char quote = 0;
        for (int i = 0; i < configuration.length(); i++) {
            char next = configuration.charAt(i);
            if (quote != 0) {
                if (next == '\\') {
                    i++;
                } else if (next == quote) {
                    quote = 0;
                }
            } else if (next == '"' || next == '\'') {
                quote = next;
            } else if (next == ';') {
                entries.add(entry.toString());
                entry.setLength(0);
                continue;
            }
            entry.append(next);
        }
        entries.add(entry.toString());
        return entries;
    }
}

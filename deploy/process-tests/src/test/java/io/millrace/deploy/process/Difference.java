package io.millrace.deploy.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** Compares output as multisets, of any size, and tells little of much that differs. */
final class Difference {
    private static final int MOST_TOLD = 30;

    private Difference() {}

    /** @param context what somebody needs to know who looks for the cause */
    static void assertSame(Collection<String> actual, Collection<String> expected, String context) {
        Map<String, Integer> surplus = new TreeMap<>();
        actual.forEach(line -> surplus.merge(line, 1, Integer::sum));
        expected.forEach(line -> surplus.merge(line, -1, Integer::sum));
        surplus.values().removeIf(count -> count == 0);
        String told = surplus.entrySet().stream()
                .limit(MOST_TOLD)
                .map(entry -> String.format("%+d %s%n", entry.getValue(), entry.getKey()))
                .reduce("", String::concat);
        assertThat(surplus.keySet())
                .as(
                        "%s: %d lines, expected %d; %d differ, among them%n%s",
                        context, actual.size(), expected.size(), surplus.size(), told)
                .isEmpty();
    }
}

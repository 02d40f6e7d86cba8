package io.millrace.common.core.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All settings there are. The reference page and the error for an unknown key are made from it. */
public final class ConfigCatalog {
    private static final List<ConfigOption<?>> OF_JOBS = Stream.of(JobOptions.ALL, RestartOptions.ALL)
            .<ConfigOption<?>>flatMap(List::stream)
            .toList();
    private static final Map<String, ConfigOption<?>> OPTIONS = new TreeMap<>();

    static {
        List<ConfigOption<?>> all = new ArrayList<>();
        all.addAll(ClusterOptions.ALL);
        all.addAll(TaskManagerOptions.ALL);
        all.addAll(S3Options.ALL);
        all.addAll(OF_JOBS);
        all.forEach(option -> OPTIONS.put(option.key(), option));
    }

    private ConfigCatalog() {}

    /** Every setting, in order of its key. */
    public static List<ConfigOption<?>> all() {
        return List.copyOf(OPTIONS.values());
    }

    /** The settings that a job may bring along; all others belong to the processes of a cluster. */
    public static List<ConfigOption<?>> ofJobs() {
        return OF_JOBS;
    }

    public static Optional<ConfigOption<?>> find(String key) {
        return Optional.ofNullable(OPTIONS.get(key));
    }

    /** The key that takes the fewest edits to get from {@code key}; to leave its first words out counts as one. */
    public static String nearest(String key) {
        return OPTIONS.keySet().stream()
                .min(Comparator.comparingInt((String candidate) -> keyDistance(key, candidate)))
                .orElse(key);
    }

    private static int keyDistance(String key, String candidate) {
        int distance = editDistance(key, candidate);
        for (int dot = candidate.indexOf('.'); dot >= 0; dot = candidate.indexOf('.', dot + 1)) {
            distance = Math.min(distance, 1 + editDistance(key, candidate.substring(dot + 1)));
        }
        return distance;
    }

    /** The candidate that takes the fewest edits to get from {@code word}; the word itself if there are none. */
    public static String nearest(String word, Iterable<String> candidates) {
        List<String> all = new ArrayList<>();
        candidates.forEach(all::add);
        return all.stream()
                .min(Comparator.comparingInt((String candidate) -> editDistance(word, candidate)))
                .orElse(word);
    }

    /** Levenshtein's distance, by the two-row form of Wagner and Fischer's algorithm (1974). */
    private static int editDistance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        int[] current = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replace = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replace, Math.min(previous[j], current[j - 1]) + 1);
            }
            int[] swap = previous;
            previous = current;
            current = swap;
        }
        return previous[b.length()];
    }
}

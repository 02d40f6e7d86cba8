package io.millrace.client.examples.loganalysis.options;

import java.util.List;

/** Finds what somebody may have meant to type. */
final class NearestName {
    private static final int FARTHEST = 3;

    private NearestName() {}

    /** The candidate with the fewest edits from {@code typed}, or the empty string if all need more than a few. */
    static String of(String typed, List<String> candidates) {
        String nearest = "";
        int best = FARTHEST + 1;
        for (String candidate : candidates) {
            int edits = edits(typed, candidate);
            if (edits < best) {
                best = edits;
                nearest = candidate;
            }
        }
        return nearest;
    }

    /** Levenshtein distance, row by row. */
    private static int edits(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int substituted = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }
}

package io.millrace.client.cli.local;

import io.millrace.client.cli.outcome.CliError;
import io.millrace.common.core.error.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why a server has ended while it started: the coded problem at the end of its log, as {@link Problem#render} wrote it.
 */
final class StartFailure {
    private static final Pattern FIRST_LINE = Pattern.compile("\\[([A-Z][A-Z0-9_]+)\\] (.*)");
    private static final int SHOWN_LINES = 10;

    private StartFailure() {}

    static Problem of(String name, int exitCode, Path log) {
        List<String> lines = lines(log);
        for (int first = lines.size() - 1; first >= 0; first--) {
            Matcher matcher = FIRST_LINE.matcher(lines.get(first));
            if (matcher.matches()) {
                Problem found = new Problem(
                        matcher.group(1),
                        matcher.group(2),
                        part(lines, first, "where: "),
                        part(lines, first, "why:   "),
                        part(lines, first, "do:    "));
                return found.where().isEmpty() ? found.at(name + ", log " + log) : found;
            }
        }
        List<String> last = lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size());
        return Problem.of(CliError.CLUSTER_START_FAILED, "The " + name + " ended with status " + exitCode)
                .because(last.isEmpty() ? "it wrote no log" : String.join("\n         ", last))
                .fix("Look at " + log);
    }

    private static String part(List<String> lines, int first, String label) {
        for (int i = first + 1; i < lines.size() && lines.get(i).startsWith("  "); i++) {
            String line = lines.get(i).substring(2);
            if (line.startsWith(label)) {
                return line.substring(label.length());
            }
        }
        return "";
    }

    private static List<String> lines(Path log) {
        try {
            return new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}

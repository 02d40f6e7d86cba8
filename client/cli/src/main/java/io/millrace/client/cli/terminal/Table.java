package io.millrace.client.cli.terminal;

import io.millrace.common.core.error.Check;
import java.util.ArrayList;
import java.util.List;

/** Lines of text in columns as wide as they need. For one thread. */
public final class Table {
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();
    private final List<Boolean> rightAligned = new ArrayList<>();

    /** @param headings one for each column; one that starts with {@code >} is aligned to the right */
    public Table(String... headings) {
        List<String> row = new ArrayList<>();
        for (String heading : headings) {
            boolean right = heading.startsWith(">");
            rightAligned.add(right);
            row.add(right ? heading.substring(1) : heading);
        }
        rows.add(row);
    }

    public Table row(String... cells) {
        Check.argument(cells.length == rightAligned.size(), "A row has " + rightAligned.size() + " cells");
        rows.add(List.of(cells));
        return this;
    }

    /** The headings and all rows, without blanks at line ends. */
    public List<String> lines() {
        int[] widths = new int[rightAligned.size()];
        for (List<String> row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = row.get(column);
            String blanks = " ".repeat(widths[column] - cell.length());
            line.append(column == 0 ? "" : GAP);
            line.append(rightAligned.get(column) ? blanks + cell : cell + blanks);
        }
        return line.toString().stripTrailing();
    }
}

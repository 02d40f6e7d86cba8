package io.millrace.client.examples.loganalysis.sources;

import io.millrace.client.examples.loganalysis.output.LinePosition;

/**
 * One line as a source found it.
 *
 * @param number in the source, counted as {@code unit} says
 * @param text without the line break, decoded from UTF-8 with U+FFFD for malformed bytes
 */
public record LogLine(String source, LinePosition.Unit unit, long number, String text) {

    public LinePosition position() {
        return new LinePosition(source, unit, number);
    }
}

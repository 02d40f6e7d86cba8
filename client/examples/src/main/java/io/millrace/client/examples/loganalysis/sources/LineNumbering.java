package io.millrace.client.examples.loganalysis.sources;

import io.millrace.api.functions.MapFunction;
import io.millrace.client.examples.loganalysis.output.LinePosition;

/** Numbers the lines of a source that has no positions of its own, such as a socket. For one instance only. */
public final class LineNumbering implements MapFunction<String, LogLine> {
    private static final long serialVersionUID = 1L;

    private final String source;
    private long lines;

    public LineNumbering(String source) {
        this.source = source;
    }

    @Override
    public LogLine map(String line) {
        lines++;
        return new LogLine(source, LinePosition.Unit.LINE, lines, line);
    }
}

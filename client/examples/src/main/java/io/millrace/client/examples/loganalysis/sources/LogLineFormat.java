package io.millrace.client.examples.loganalysis.sources;

import io.millrace.client.connectors.files.LineFormat;
import io.millrace.client.examples.loganalysis.output.LinePosition;

/** Lines of files. */
public final class LogLineFormat implements LineFormat<LogLine> {
    private static final long serialVersionUID = 1L;

    @Override
    public LogLine decode(String line, String file, long number) {
        return new LogLine(file, LinePosition.Unit.LINE, number, line);
    }
}

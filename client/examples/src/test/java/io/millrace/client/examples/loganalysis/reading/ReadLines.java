package io.millrace.client.examples.loganalysis.reading;

import io.millrace.client.examples.loganalysis.event.LogEvent;
import java.util.ArrayList;
import java.util.List;

/** Keeps everything that a reader says about lines. */
final class ReadLines implements ReadingOutput {
    final List<LogEvent> events = new ArrayList<>();
    final List<RejectionCode> codes = new ArrayList<>();
    final List<String> reasons = new ArrayList<>();
    int skipped;

    static ReadLines of(LogReader reader, String... lines) {
        ReadLines read = new ReadLines();
        for (String line : lines) {
            reader.read(line, read);
        }
        return read;
    }

    /** How often the reader called back. */
    int answers() {
        return events.size() + codes.size() + skipped;
    }

    @Override
    public void event(LogEvent event) {
        events.add(event);
    }

    @Override
    public void rejected(RejectionCode code, String reason) {
        codes.add(code);
        reasons.add(reason);
    }

    @Override
    public void skipped() {
        skipped++;
    }
}

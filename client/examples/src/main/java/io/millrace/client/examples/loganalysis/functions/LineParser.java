package io.millrace.client.examples.loganalysis.functions;

import io.millrace.api.functions.OpenContext;
import io.millrace.api.functions.ProcessFunction;
import io.millrace.api.types.TypeInformation;
import io.millrace.api.util.Collector;
import io.millrace.api.util.OutputTag;
import io.millrace.client.examples.loganalysis.event.LogEvent;
import io.millrace.client.examples.loganalysis.output.RejectedLine;
import io.millrace.client.examples.loganalysis.reading.LogFormat;
import io.millrace.client.examples.loganalysis.reading.LogReader;
import io.millrace.client.examples.loganalysis.reading.ReadingOutput;
import io.millrace.client.examples.loganalysis.reading.RejectionCode;
import io.millrace.client.examples.loganalysis.sources.LogLine;

/**
 * Turns lines into events. What is no event goes to {@link #REJECTED} as JSON and stops nothing; lines that the
 * analysis does not look at are counted. The lines of a log must all pass one instance, in order: syslog's year depends
 * on it.
 */
public final class LineParser extends ProcessFunction<LogLine, LogEvent> {
    private static final long serialVersionUID = 1L;

    /** Rejected lines as JSON. */
    public static final OutputTag<String> REJECTED = new OutputTag<>("rejected", TypeInformation.of(String.class));

    private final LogFormat format;
    private final int firstYear;

    private transient LogReader reader;
    private transient Findings findings;

    public LineParser(LogFormat format, int firstYear) {
        this.format = format;
        this.firstYear = firstYear;
    }

    @Override
    public void open(OpenContext openContext) {
        reader = format.reader(firstYear);
        findings = new Findings();
    }

    @Override
    public void processElement(LogLine line, Context ctx, Collector<LogEvent> out) {
        findings.line = line;
        findings.context = ctx;
        findings.events = out;
        reader.read(line.text(), findings);
    }

    @Override
    public void close() {
        if (findings != null && findings.rejected + findings.skipped > 0) {
            System.getLogger(LineParser.class.getName())
                    .log(
                            System.Logger.Level.INFO,
                            "event=logRead format=" + format + " rejectedLines=" + findings.rejected + " skippedLines="
                                    + findings.skipped);
        }
    }

    /** Passes what the reader finds on to the outputs of the line being processed. */
    private static final class Findings implements ReadingOutput {
        private LogLine line;
        private Context context;
        private Collector<LogEvent> events;
        private long rejected;
        private long skipped;

        @Override
        public void event(LogEvent event) {
            events.collect(event);
        }

        @Override
        public void rejected(RejectionCode code, String reason) {
            rejected++;
            RejectedLine rejection = RejectedLine.of(line.position(), line.text(), code.name(), reason);
            context.output(REJECTED, rejection.toJson());
        }

        @Override
        public void skipped() {
            skipped++;
        }
    }
}

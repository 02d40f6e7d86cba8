package io.millrace.deploy.benchmarks.millrace;

import io.millrace.api.functions.OpenContext;
import io.millrace.api.functions.ProcessFunction;
import io.millrace.api.types.Types;
import io.millrace.api.util.Collector;
import io.millrace.api.util.OutputTag;
import io.millrace.deploy.benchmarks.workloads.LogEvent;
import io.millrace.deploy.benchmarks.workloads.LogParser;

/** Reads lines; what is not an event goes to a side output. */
public final class ParseLine extends ProcessFunction<String, LogEvent> {

    /** Lines that are not events. */
    public static final OutputTag<String> REJECTED = new OutputTag<>("rejected", Types.STRING);

    private static final long serialVersionUID = 1;

    private transient LogParser parser;

    @Override
    public void open(OpenContext context) {
        parser = new LogParser();
    }

    @Override
    public void processElement(String line, Context context, Collector<LogEvent> out) {
        LogEvent event = parser.parse(line);
        if (event == null) {
            context.output(REJECTED, line);
        } else {
            out.collect(event);
        }
    }
}

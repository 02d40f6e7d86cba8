package io.millrace.deploy.benchmarks.flink;

import io.millrace.deploy.benchmarks.workloads.LogEvent;
import io.millrace.deploy.benchmarks.workloads.LogParser;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

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

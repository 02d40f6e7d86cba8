package io.millrace.client.examples.loganalysis.functions;

import io.millrace.api.functions.ProcessFunction;
import io.millrace.api.util.Collector;
import io.millrace.client.examples.loganalysis.event.LogEvent;
import io.millrace.client.examples.loganalysis.sources.ReadRecord;

/** Parts events from rejected records, which go to {@link LineParser#REJECTED}. */
public final class RecordEvents extends ProcessFunction<ReadRecord, LogEvent> {
    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(ReadRecord record, Context ctx, Collector<LogEvent> out) {
        if (record.event().isPresent()) {
            out.collect(record.event().get());
        } else {
            ctx.output(LineParser.REJECTED, record.rejection());
        }
    }
}

package io.millrace.client.examples.loganalysis.functions;

import io.millrace.api.functions.ProcessFunction;
import io.millrace.api.types.TypeInformation;
import io.millrace.api.util.Collector;
import io.millrace.api.util.OutputTag;
import io.millrace.client.examples.loganalysis.event.LogEvent;
import io.millrace.client.examples.loganalysis.output.LateEvent;

/**
 * Sends events that are not newer than the watermark to {@link #LATE}. It stands right behind the watermarks and before
 * the exchange, so each event is judged once and by its own source: a watermark downstream is the least of several
 * sources and depends on how far each has come.
 */
public final class LateFilter extends ProcessFunction<LogEvent, LogEvent> {
    private static final long serialVersionUID = 1L;

    /** Late events as JSON. */
    public static final OutputTag<String> LATE = new OutputTag<>("late", TypeInformation.of(String.class));

    @Override
    public void processElement(LogEvent event, Context ctx, Collector<LogEvent> out) {
        if (event.timestampMs() <= ctx.timerService().currentWatermark()) {
            ctx.output(LATE, new LateEvent(event).toJson());
        } else {
            out.collect(event);
        }
    }
}

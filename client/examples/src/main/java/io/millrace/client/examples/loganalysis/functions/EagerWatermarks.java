package io.millrace.client.examples.loganalysis.functions;

import io.millrace.api.eventtime.TimestampAssigner;
import io.millrace.api.eventtime.TimestampAssignerSupplier;
import io.millrace.api.eventtime.WatermarkGenerator;
import io.millrace.api.eventtime.WatermarkGeneratorSupplier;
import io.millrace.api.eventtime.WatermarkOutput;
import io.millrace.api.eventtime.WatermarkStrategy;
import io.millrace.client.examples.loganalysis.event.LogEvent;

/**
 * Event time of the analysis: ten seconds of disorder are waited for, and a watermark follows every event that raises
 * the newest time. Unlike a watermark now and then, this makes lateness a property of the input alone: an event is
 * judged by the events before it, whatever the clock does.
 */
public final class EagerWatermarks implements WatermarkStrategy<LogEvent> {
    private static final long serialVersionUID = 1L;

    /** How far behind the newest event others may come, in milliseconds. */
    public static final long OUT_OF_ORDERNESS_MS = 10_000;

    @Override
    public TimestampAssigner<LogEvent> createTimestampAssigner(TimestampAssignerSupplier.Context context) {
        return (event, before) -> event.timestampMs();
    }

    @Override
    public WatermarkGenerator<LogEvent> createWatermarkGenerator(WatermarkGeneratorSupplier.Context context) {
        return new Generator();
    }

    private static final class Generator implements WatermarkGenerator<LogEvent> {
        private long newest = Long.MIN_VALUE;

        @Override
        public void onEvent(LogEvent event, long eventTimestamp, WatermarkOutput output) {
            if (eventTimestamp > newest) {
                newest = eventTimestamp;
                output.emitWatermark(eventTimestamp - OUT_OF_ORDERNESS_MS - 1);
            }
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {}
    }
}

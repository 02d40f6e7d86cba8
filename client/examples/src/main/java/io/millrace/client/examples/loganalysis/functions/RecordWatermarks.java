package io.millrace.client.examples.loganalysis.functions;

import io.millrace.api.eventtime.TimestampAssigner;
import io.millrace.api.eventtime.TimestampAssignerSupplier;
import io.millrace.api.eventtime.WatermarkGenerator;
import io.millrace.api.eventtime.WatermarkGeneratorSupplier;
import io.millrace.api.eventtime.WatermarkOutput;
import io.millrace.api.eventtime.WatermarkStrategy;
import io.millrace.client.examples.loganalysis.event.LogEvent;
import io.millrace.client.examples.loganalysis.sources.ReadRecord;

/** {@link EagerWatermarks} for records of a topic, one generator per partition; rejected records have no time. */
public final class RecordWatermarks implements WatermarkStrategy<ReadRecord> {
    private static final long serialVersionUID = 1L;

    private final EagerWatermarks events = new EagerWatermarks();

    @Override
    public TimestampAssigner<ReadRecord> createTimestampAssigner(TimestampAssignerSupplier.Context context) {
        return (record, before) -> record.event().map(LogEvent::timestampMs).orElse(before);
    }

    @Override
    public WatermarkGenerator<ReadRecord> createWatermarkGenerator(WatermarkGeneratorSupplier.Context context) {
        return new Generator(events.createWatermarkGenerator(context));
    }

    private record Generator(WatermarkGenerator<LogEvent> events) implements WatermarkGenerator<ReadRecord> {

        @Override
        public void onEvent(ReadRecord record, long eventTimestamp, WatermarkOutput output) {
            if (record.event().isPresent()) {
                events.onEvent(record.event().get(), eventTimestamp, output);
            }
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {}
    }
}

package io.millrace.taskmanager.runtime.source;

import io.millrace.api.eventtime.TimestampAssigner;
import io.millrace.api.eventtime.Watermark;
import io.millrace.api.eventtime.WatermarkGenerator;
import io.millrace.api.source.SourceOutput;
import io.millrace.taskmanager.runtime.stream.Output;

/**
 * Takes the elements of one split, or of a reader's main output: gives each its timestamp and lets it make watermarks.
 */
final class TimestampedOutput implements SourceOutput<Object> {
    private final Output out;
    private final TimestampAssigner<Object> assigner;
    private final WatermarkGenerator<Object> generator;
    private final SplitWatermarks.Part watermarks;
    private final RecordCounter counter;

    TimestampedOutput(
            Output out,
            TimestampAssigner<Object> assigner,
            WatermarkGenerator<Object> generator,
            SplitWatermarks.Part watermarks,
            RecordCounter counter) {
        this.out = out;
        this.assigner = assigner;
        this.generator = generator;
        this.watermarks = watermarks;
        this.counter = counter;
    }

    @Override
    public void collect(Object element) {
        collect(element, Output.NO_TIMESTAMP);
    }

    @Override
    public void collect(Object element, long recordTimestamp) {
        long timestamp = assigner.extractTimestamp(element, recordTimestamp);
        watermarks.beforeElement();
        counter.records++;
        out.element(element, timestamp);
        generator.onEvent(element, timestamp, watermarks);
    }

    void onPeriodicEmit() {
        generator.onPeriodicEmit(watermarks);
    }

    SplitWatermarks.Part watermarks() {
        return watermarks;
    }

    @Override
    public void emitWatermark(Watermark watermark) {
        watermarks.emitWatermark(watermark);
    }

    @Override
    public void emitWatermark(long timestamp) {
        watermarks.emitWatermark(timestamp);
    }

    @Override
    public void markIdle() {
        watermarks.markIdle();
    }

    @Override
    public void markActive() {
        watermarks.markActive();
    }
}

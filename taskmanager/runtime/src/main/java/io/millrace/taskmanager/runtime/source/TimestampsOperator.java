package io.millrace.taskmanager.runtime.source;

import io.millrace.api.eventtime.TimestampAssigner;
import io.millrace.api.eventtime.Watermark;
import io.millrace.api.eventtime.WatermarkGenerator;
import io.millrace.api.eventtime.WatermarkOutput;
import io.millrace.api.eventtime.WatermarkStrategy;
import io.millrace.common.graph.snapshot.PartKind;
import io.millrace.taskmanager.runtime.operator.Checkpointed;
import io.millrace.taskmanager.runtime.operator.Operator;
import io.millrace.taskmanager.runtime.operator.TaskTime;
import io.millrace.taskmanager.runtime.operator.Timed;
import io.millrace.taskmanager.runtime.snapshot.EventTimes;
import io.millrace.taskmanager.runtime.snapshot.PartCollector;
import io.millrace.taskmanager.runtime.stream.OperatorScope;
import io.millrace.taskmanager.runtime.stream.Output;
import org.jspecify.annotations.Nullable;

/**
 * Gives elements new timestamps and the stream new watermarks; of those from upstream only the one at the end passes.
 */
public final class TimestampsOperator extends Operator implements WatermarkOutput, Timed, Checkpointed {
    private final TimestampAssigner<Object> assigner;
    private final WatermarkGenerator<Object> generator;
    private final TaskTime time;
    private final long intervalNanos;

    private long nextEmitNanos;
    private long watermark;
    /** Whether the watermark was restored and those downstream have not heard of it. */
    private boolean untold;

    private boolean idle;

    public TimestampsOperator(
            OperatorScope scope,
            Output out,
            Output control,
            WatermarkStrategy<Object> strategy,
            TaskTime time,
            long intervalNanos,
            long restoredWatermark) {
        super(scope, out, control);
        this.assigner = strategy.createTimestampAssigner(AssignerContext.INSTANCE);
        this.generator = strategy.createWatermarkGenerator(new GeneratorContext(time));
        this.time = time;
        this.intervalNanos = intervalNanos;
        this.watermark = restoredWatermark;
        this.untold = restoredWatermark != Long.MIN_VALUE;
        this.nextEmitNanos = intervalNanos > 0 ? time.nanos() + intervalNanos : Long.MAX_VALUE;
    }

    @Override
    public void element(@Nullable Object value, long timestamp) {
        if (value == null) {
            throw scope.nullRecord("received");
        }
        long assigned;
        try {
            assigned = assigner.extractTimestamp(value, timestamp);
        } catch (Throwable thrown) {
            throw scope.failed(thrown);
        }
        markActive();
        out.element(value, assigned);
        try {
            generator.onEvent(value, assigned, this);
        } catch (Throwable thrown) {
            throw scope.failed(thrown);
        }
    }

    @Override
    public long restoreWatermark(long upstream) {
        return watermark;
    }

    @Override
    public void snapshot(PartCollector parts, long checkpoint) {
        parts.add(PartKind.EVENT_TIME, 1, EventTimes.of(watermark).encode());
    }

    @Override
    public long recordsOut(long taken) {
        return taken;
    }

    @Override
    public void watermark(long timestamp) {
        if (timestamp == Long.MAX_VALUE) {
            emitWatermark(timestamp);
        }
    }

    /** The status is this operator's own, too. */
    @Override
    public void idle(boolean upstreamIdle) {}

    @Override
    public void emitWatermark(Watermark newWatermark) {
        emitWatermark(newWatermark.timestamp());
    }

    @Override
    public void emitWatermark(long timestamp) {
        markActive();
        if (timestamp > watermark) {
            watermark = timestamp;
            control.watermark(timestamp);
        }
    }

    @Override
    public void markIdle() {
        if (!idle) {
            idle = true;
            control.idle(true);
        }
    }

    @Override
    public void markActive() {
        if (idle) {
            idle = false;
            control.idle(false);
        }
    }

    @Override
    public long nextDeadlineNanos() {
        return nextEmitNanos;
    }

    @Override
    public void onDeadline() {
        nextEmitNanos = time.nanos() + intervalNanos;
        if (untold) {
            untold = false;
            control.watermark(watermark);
        }
        try {
            generator.onPeriodicEmit(this);
        } catch (Throwable thrown) {
            throw scope.failed(thrown);
        }
    }
}

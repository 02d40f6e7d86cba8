package io.millrace.taskmanager.runtime.window;

import io.millrace.api.functions.KeySelector;
import io.millrace.api.functions.ProcessWindowFunction;
import io.millrace.api.util.Collector;
import io.millrace.api.util.OutputTag;
import io.millrace.api.windowing.TimeWindow;
import io.millrace.taskmanager.runtime.operator.KeyedTask;
import io.millrace.taskmanager.runtime.operator.Operator;
import io.millrace.taskmanager.runtime.operator.SideOutputs;
import io.millrace.taskmanager.runtime.operator.StepBudget;
import io.millrace.taskmanager.runtime.operator.TaskTime;
import io.millrace.taskmanager.runtime.operator.Timed;
import io.millrace.taskmanager.runtime.stream.Brake;
import io.millrace.taskmanager.runtime.stream.Firing;
import io.millrace.taskmanager.runtime.stream.OperatorScope;
import io.millrace.taskmanager.runtime.stream.Output;
import io.millrace.taskmanager.runtime.stream.RuntimeErrors;
import io.millrace.taskmanager.state.KeyedStateBackend;
import io.millrace.taskmanager.state.SliceState;
import org.jspecify.annotations.Nullable;

/**
 * Windows that are the same for all keys. Each window is a slice of state with one entry per key, so there is no timer
 * per key: a watermark (or the clock) walks over the slices that are due, in order of their end, and within a slice
 * over its keys in order of their first element. A window fires when the watermark reaches its last timestamp, stays
 * for the allowed lateness and fires again for each late element; processing-time windows fire when the clock reaches
 * their end.
 */
final class AlignedWindowOperator extends Operator implements Collector<Object>, Firing, Timed {
    private final WindowTimes times;
    private final KeySelector<Object, Object> selector;
    private final WindowContents contents;
    private final @Nullable OutputTag<Object> lateData;
    private final KeyedStateBackend<Object> state;
    private final SliceState<Object> slices;
    private final SideOutputs sides;
    private final Brake brake;
    private final TaskTime time;
    private final @Nullable WindowContext context;

    private long watermark = Long.MIN_VALUE;
    private long lateRecords;
    /** The timestamp of what the current firing emits. */
    private long resultTimestamp = NO_TIMESTAMP;

    /** Windows that end at or before it have fired. */
    private long firedThrough = Long.MIN_VALUE;
    /** The open or next firing reaches windows whose last timestamp is at most this. */
    private long firingUpTo;
    /** The position within the slice that is walked over; null between slices. */
    private SliceState.@Nullable Cursor<Object> cursor;

    private long cursorEnd;
    private boolean cursorFires;
    private boolean cursorDrops;

    AlignedWindowOperator(
            OperatorScope scope,
            Output out,
            Output control,
            WindowTimes times,
            WindowComputing computing,
            KeyedTask task) {
        super(scope, out, control);
        this.times = times;
        this.selector = computing.selector();
        this.contents = computing.contents();
        this.lateData = computing.lateData();
        this.slices = computing.slices();
        this.state = task.state();
        this.sides = task.sides();
        this.brake = task.brake();
        this.time = task.time();
        ProcessWindowFunction<Object, Object, Object, TimeWindow> evaluation = contents.evaluation();
        this.context = evaluation == null ? null : new WindowContext(evaluation, time, sides);
    }

    @Override
    public void element(@Nullable Object value, long timestamp) {
        if (value == null) {
            throw scope.nullRecord("received");
        }
        long at = times.eventTime() ? timestamp : time.processingTime();
        if (at == NO_TIMESTAMP) {
            throw withoutTimestamp();
        }
        boolean late = true;
        try {
            Object key = selector.getKey(value);
            if (key == null) {
                throw scope.nullKey(value);
            }
            state.setCurrentKey(key);
            long lastEnd = times.lastEnd(at);
            for (long end = times.firstEnd(at); end <= lastEnd; end += times.slideMillis()) {
                if (!times.isExpired(end, watermark)) {
                    late = false;
                    add(end, value);
                }
            }
        } catch (Throwable thrown) {
            throw scope.failed(thrown);
        }
        if (late) {
            takeLate(value, timestamp);
        }
    }

    private void add(long end, Object value) throws Exception {
        Object added = contents.add(slices.get(end), value);
        if (added == null) {
            throw scope.nullRecord("computed");
        }
        slices.put(end, added);
        if (times.eventTime() && end - 1 <= watermark) {
            fire(end, state.currentKey(), added);
        }
    }

    private void takeLate(Object value, long timestamp) {
        if (lateData != null && sides.has(lateData)) {
            sides.emit(lateData, value, timestamp);
        } else {
            lateRecords++;
        }
    }

    private void fire(long end, Object key, Object fired) throws Exception {
        resultTimestamp = end - 1;
        if (context != null) {
            context.setWindow(times.window(end));
            context.setWatermark(watermark);
        }
        contents.fire(key, fired, context, this);
    }

    @Override
    public void collect(Object element) {
        emitted++;
        out.element(element, resultTimestamp);
    }

    @Override
    public long restoreWatermark(long restored) {
        watermark = restored;
        if (times.eventTime() && restored != Long.MIN_VALUE) {
            firedThrough = restored == Long.MAX_VALUE ? restored : restored + 1;
        }
        return restored;
    }

    @Override
    public void watermark(long newWatermark) {
        watermark = newWatermark;
        if (!times.eventTime()) {
            control.watermark(newWatermark);
            return;
        }
        firingUpTo = newWatermark;
        if (!resume()) {
            brake.open(this);
        }
    }

    @Override
    public long nextDeadlineNanos() {
        return times.eventTime() ? Long.MAX_VALUE : time.nanosAt(slices.firstSlice());
    }

    @Override
    public void onDeadline() {
        firingUpTo = time.processingTime() - 1;
        if (!resume()) {
            brake.open(this);
        }
    }

    @Override
    public boolean resume() {
        StepBudget budget = time.budget();
        while (cursor != null || nextSlice()) {
            while (cursor != null && cursor.next()) {
                walkOver(cursor.accumulator());
                budget.spend(1);
                if (brake.isOutputBlocked() || budget.isOver()) {
                    return false;
                }
            }
            cursor = null;
            if (cursorDrops) {
                slices.drop(cursorEnd);
            }
        }
        firedThrough = Math.max(firedThrough, firingUpTo == Long.MAX_VALUE ? firingUpTo : firingUpTo + 1);
        if (times.eventTime()) {
            control.watermark(watermark);
        }
        return true;
    }

    private void walkOver(Object accumulator) {
        Object key = state.currentKey();
        try {
            if (cursorFires) {
                fire(cursorEnd, key, accumulator);
            }
            ProcessWindowFunction<Object, Object, Object, TimeWindow> evaluation = contents.evaluation();
            if (cursorDrops && evaluation != null && context != null) {
                context.setWindow(times.window(cursorEnd));
                context.setWatermark(watermark);
                evaluation.clear(context);
            }
        } catch (Throwable thrown) {
            throw scope.failed(thrown);
        }
    }

    /**
     * Chooses what is due next: the window that fires next or the one that expires next, whichever is earlier in time.
     */
    private boolean nextSlice() {
        long toFire = slices.sliceAfter(firedThrough);
        long toDrop = slices.firstSlice();
        boolean fires = toFire != Long.MAX_VALUE && toFire - 1 <= firingUpTo;
        boolean drops = toDrop != Long.MAX_VALUE && times.isExpired(toDrop, firingUpTo);
        if (fires && (!drops || toFire - 1 <= times.expiry(toDrop))) {
            firedThrough = toFire;
            begin(toFire, true, times.expiry(toFire) == toFire - 1);
            return true;
        }
        if (drops) {
            begin(toDrop, false, true);
            return true;
        }
        return false;
    }

    private void begin(long end, boolean fires, boolean drops) {
        cursorEnd = end;
        cursorFires = fires;
        cursorDrops = drops;
        cursor = slices.cursor(end);
    }

    @Override
    public long lateRecords() {
        return lateRecords;
    }

    private RuntimeException withoutTimestamp() {
        return scope.failed(scope.problem(
                        RuntimeErrors.TIMESTAMP_MISSING, "An element without a timestamp reached an event-time window")
                .fix("Assign timestamps: fromSource(source, strategy.withTimestampAssigner(...), name) or"
                        + " assignTimestampsAndWatermarks(...); or use a processing-time window"));
    }
}

package io.millrace.taskmanager.runtime.operator;

import io.millrace.api.functions.KeySelector;
import io.millrace.api.functions.KeyedProcessFunction;
import io.millrace.api.functions.TimeDomain;
import io.millrace.api.util.Collector;
import io.millrace.taskmanager.runtime.stream.Brake;
import io.millrace.taskmanager.runtime.stream.Firing;
import io.millrace.taskmanager.runtime.stream.OperatorScope;
import io.millrace.taskmanager.runtime.stream.Output;
import io.millrace.taskmanager.state.KeyedStateBackend;
import io.millrace.taskmanager.state.TimerQueue;
import org.jspecify.annotations.Nullable;

/**
 * A process function on a keyed stream. Due timers fire as a resumable walk: the watermark is in force from its start
 * and goes on downstream at its end.
 */
public final class KeyedProcessOperator extends Operator implements Collector<@Nullable Object>, Firing, Timed {
    private final KeyedProcessFunction<Object, Object, @Nullable Object> function;
    private final KeySelector<Object, Object> selector;
    private final KeyedStateBackend<Object> state;
    private final TimerQueue eventTimers;
    private final TimerQueue processingTimers;
    private final KeyedTimerService timers;
    private final KeyedProcessContext context;
    private final Brake brake;
    private final TaskTime time;

    private long timestamp = NO_TIMESTAMP;
    private long watermark = Long.MIN_VALUE;
    /** What the open or next firing walks over. */
    private TimeDomain firingDomain = TimeDomain.EVENT_TIME;

    public KeyedProcessOperator(
            OperatorScope scope,
            Output out,
            Output control,
            KeyedProcessFunction<Object, Object, @Nullable Object> function,
            KeySelector<Object, Object> selector,
            KeyedTask task) {
        super(scope, out, control);
        this.function = function;
        this.selector = selector;
        this.state = task.state();
        this.brake = task.brake();
        this.time = task.time();
        this.eventTimers = state.eventTimeTimers();
        this.processingTimers = state.processingTimeTimers();
        this.timers = new KeyedTimerService(time, state);
        this.context = new KeyedProcessContext(function, state, timers, task.sides());
    }

    @Override
    public void element(@Nullable Object value, long elementTimestamp) {
        if (value == null) {
            throw scope.nullRecord("received");
        }
        timestamp = elementTimestamp;
        context.setTimestamp(elementTimestamp);
        try {
            Object key = selector.getKey(value);
            if (key == null) {
                throw scope.nullKey(value);
            }
            state.setCurrentKey(key);
            function.processElement(value, context, this);
        } catch (Throwable thrown) {
            throw scope.failed(thrown);
        }
    }

    @Override
    public void collect(@Nullable Object element) {
        emitted++;
        out.element(element, timestamp);
    }

    @Override
    public long restoreWatermark(long restored) {
        watermark = restored;
        timers.setWatermark(restored);
        return restored;
    }

    @Override
    public void watermark(long newWatermark) {
        watermark = newWatermark;
        timers.setWatermark(newWatermark);
        firingDomain = TimeDomain.EVENT_TIME;
        if (!resume()) {
            brake.open(this);
        }
    }

    @Override
    public long nextDeadlineNanos() {
        return time.nanosAt(processingTimers.nextTime());
    }

    @Override
    public void onDeadline() {
        firingDomain = TimeDomain.PROCESSING_TIME;
        if (!resume()) {
            brake.open(this);
        }
    }

    @Override
    public boolean resume() {
        boolean eventTime = firingDomain == TimeDomain.EVENT_TIME;
        TimerQueue due = eventTime ? eventTimers : processingTimers;
        long upTo = eventTime ? watermark : time.processingTime();
        context.setDomain(firingDomain);
        StepBudget budget = time.budget();
        while (due.pollDue(upTo)) {
            fire(due.firedTime());
            budget.spend(1);
            if (brake.isOutputBlocked() || budget.isOver()) {
                return false;
            }
        }
        if (eventTime) {
            control.watermark(watermark);
        }
        return true;
    }

    private void fire(long firedTime) {
        // A processing-time timer's results carry no timestamp; an event-time timer's carry its time.
        timestamp = firingDomain == TimeDomain.EVENT_TIME ? firedTime : NO_TIMESTAMP;
        context.setTimestamp(firedTime);
        try {
            function.onTimer(firedTime, context, this);
        } catch (Throwable thrown) {
            throw scope.failed(thrown);
        }
    }
}

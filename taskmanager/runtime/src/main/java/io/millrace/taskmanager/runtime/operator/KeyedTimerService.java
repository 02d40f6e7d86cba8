package io.millrace.taskmanager.runtime.operator;

import io.millrace.api.functions.TimerService;
import io.millrace.taskmanager.state.KeyedStateBackend;
import io.millrace.taskmanager.state.TimerQueue;

/** The clocks and timers of a keyed function; timers belong to the backend's current key. */
final class KeyedTimerService implements TimerService {
    private final TaskTime time;
    private final TimerQueue eventTime;
    private final TimerQueue processingTime;
    private long watermark = Long.MIN_VALUE;

    KeyedTimerService(TaskTime time, KeyedStateBackend<?> state) {
        this.time = time;
        this.eventTime = state.eventTimeTimers();
        this.processingTime = state.processingTimeTimers();
    }

    void setWatermark(long newWatermark) {
        watermark = newWatermark;
    }

    @Override
    public long currentProcessingTime() {
        return time.currentProcessingTime();
    }

    @Override
    public long currentWatermark() {
        return watermark;
    }

    @Override
    public void registerProcessingTimeTimer(long timerTime) {
        processingTime.register(timerTime);
    }

    @Override
    public void registerEventTimeTimer(long timerTime) {
        eventTime.register(timerTime);
    }

    @Override
    public void deleteProcessingTimeTimer(long timerTime) {
        processingTime.delete(timerTime);
    }

    @Override
    public void deleteEventTimeTimer(long timerTime) {
        eventTime.delete(timerTime);
    }
}

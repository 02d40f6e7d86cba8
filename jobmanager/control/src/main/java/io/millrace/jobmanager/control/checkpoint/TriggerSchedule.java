package io.millrace.jobmanager.control.checkpoint;

import io.millrace.jobmanager.control.contract.Moment;

/**
 * When the next periodic checkpoint is due: an interval after the last trigger, a pause after the last end, and never
 * while as many as allowed are under way. What was missed is not made up for.
 */
final class TriggerSchedule {
    private final CheckpointSettings settings;

    private boolean running;
    private long intervalEndNanos;
    private long pauseEndNanos;
    private boolean urgent;

    TriggerSchedule(CheckpointSettings settings) {
        this.settings = settings;
    }

    /** All tasks run. */
    void start(Moment now) {
        running = settings.timing().intervalMs() > 0;
        intervalEndNanos = now.nanos() + settings.timing().intervalNanos();
        pauseEndNanos = now.nanos();
    }

    void stop() {
        running = false;
        urgent = false;
    }

    /** The next is due as soon as the pause allows it: the job has nothing else left to do. */
    void hurry() {
        urgent = true;
    }

    void triggered(Moment now) {
        urgent = false;
        intervalEndNanos = now.nanos() + settings.timing().intervalNanos();
    }

    /** One was completed or given up. */
    void ended(Moment now) {
        pauseEndNanos = now.nanos() + settings.timing().minPauseNanos();
    }

    /** @param underWay how many periodic checkpoints are; the answer is {@code Long.MAX_VALUE} for never */
    long dueNanos(int underWay) {
        if (!running || underWay >= settings.limits().maxConcurrent()) {
            return Long.MAX_VALUE;
        }
        if (urgent) {
            return pauseEndNanos;
        }
        return intervalEndNanos - pauseEndNanos > 0 ? intervalEndNanos : pauseEndNanos;
    }
}

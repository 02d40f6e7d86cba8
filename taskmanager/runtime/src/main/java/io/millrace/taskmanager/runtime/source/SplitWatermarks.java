package io.millrace.taskmanager.runtime.source;

import io.millrace.api.eventtime.Watermark;
import io.millrace.api.eventtime.WatermarkOutput;
import io.millrace.taskmanager.runtime.snapshot.EventTimes;
import io.millrace.taskmanager.runtime.stream.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Merges the watermarks of a reader's splits: the smallest of those that are not idle; the largest of all when every
 * one is idle, and then the stream is idle, too. The reader's main output takes part once it gave a watermark of its
 * own or was marked idle.
 */
final class SplitWatermarks {
    private final Output out;
    private final List<Part> parts = new ArrayList<>();
    private long merged;
    private boolean idle;
    private boolean deferred;

    /** @param watermark in force from the start */
    SplitWatermarks(Output out, long watermark) {
        this.out = out;
        this.merged = watermark;
    }

    /** Tells those downstream of the watermark that is in force from the start. */
    void announce() {
        if (merged != Long.MIN_VALUE) {
            out.watermark(merged);
        }
    }

    /** A part that takes part in the minimum from now on. */
    Part addSplit() {
        Part part = new Part();
        part.counted = true;
        parts.add(part);
        update();
        return part;
    }

    /** The part of the reader's main output. */
    Part addMain() {
        Part part = new Part();
        parts.add(part);
        return part;
    }

    void remove(Part part) {
        parts.remove(part);
        update();
    }

    /** Runs {@code emissions}, which may change many parts, and merges once afterwards. */
    void together(Runnable emissions) {
        deferred = true;
        emissions.run();
        deferred = false;
        update();
    }

    /** Ends the stream: it is active and nothing follows. */
    void end() {
        setIdle(false);
        merged = Long.MAX_VALUE;
        out.watermark(merged);
    }

    long merged() {
        return merged;
    }

    private void update() {
        if (deferred) {
            return;
        }
        long smallest = Long.MAX_VALUE;
        long largest = Long.MIN_VALUE;
        int counted = 0;
        int active = 0;
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            if (part.counted) {
                counted++;
                largest = Math.max(largest, part.watermark);
                if (!part.idle) {
                    active++;
                    smallest = Math.min(smallest, part.watermark);
                }
            }
        }
        if (counted == 0) {
            return;
        }
        if (active > 0) {
            setIdle(false);
        }
        long candidate = active > 0 ? smallest : largest;
        if (candidate > merged) {
            merged = candidate;
            out.watermark(candidate);
        }
        if (active == 0) {
            setIdle(true);
        }
    }

    private void setIdle(boolean nowIdle) {
        if (idle != nowIdle) {
            idle = nowIdle;
            out.idle(nowIdle);
        }
    }

    /** The watermark and status of one split, or of the main output. */
    final class Part implements WatermarkOutput {
        private long watermark = Long.MIN_VALUE;
        private boolean idle;
        private boolean counted;

        /** Goes on from where the part was. */
        void restore(long reached, boolean wasIdle) {
            watermark = Math.max(watermark, reached);
            idle = wasIdle;
            counted = true;
            update();
        }

        /** Empty if it has never taken part. */
        Optional<EventTimes.SplitTime> time() {
            return counted ? Optional.of(new EventTimes.SplitTime(watermark, idle)) : Optional.empty();
        }

        /** An element is about to be emitted: a part with elements is not idle. */
        void beforeElement() {
            if (idle) {
                markActive();
            }
        }

        @Override
        public void emitWatermark(Watermark newWatermark) {
            emitWatermark(newWatermark.timestamp());
        }

        @Override
        public void emitWatermark(long timestamp) {
            boolean changed = idle || timestamp > watermark;
            if (!changed) {
                return;
            }
            idle = false;
            watermark = Math.max(watermark, timestamp);
            counted = true;
            update();
        }

        @Override
        public void markIdle() {
            idle = true;
            counted = true;
            update();
        }

        @Override
        public void markActive() {
            if (idle) {
                idle = false;
                update();
            }
        }
    }
}

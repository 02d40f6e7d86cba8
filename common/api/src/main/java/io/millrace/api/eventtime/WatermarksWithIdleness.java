package io.millrace.api.eventtime;

import java.time.Duration;

/**
 * Adds idleness to a generator: idle after {@code timeout} of the clock without an element, active again with the next
 * element. The clock is read at the periodic call only, so the idle time counts from the first periodic call that saw
 * no new element.
 */
public final class WatermarksWithIdleness<T> implements WatermarkGenerator<T> {
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

    private final WatermarkGenerator<T> generator;
    private final RelativeClock clock;
    private final long timeoutNanos;

    private boolean elementSinceLastCheck = true;
    private boolean idle;
    private long quietSinceNanos;

    public WatermarksWithIdleness(WatermarkGenerator<T> generator, Duration timeout, RelativeClock clock) {
        this.generator = generator;
        this.clock = clock;
        this.timeoutNanos = timeout.compareTo(LONGEST) < 0 ? timeout.toNanos() : Long.MAX_VALUE;
    }

    @Override
    public void onEvent(T event, long eventTimestamp, WatermarkOutput output) {
        elementSinceLastCheck = true;
        if (idle) {
            idle = false;
            output.markActive();
        }
        generator.onEvent(event, eventTimestamp, output);
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
        long now = clock.relativeTimeNanos();
        if (elementSinceLastCheck) {
            elementSinceLastCheck = false;
            quietSinceNanos = now;
        } else if (!idle && now - quietSinceNanos > timeoutNanos) {
            idle = true;
            output.markIdle();
        }
        if (!idle) {
            generator.onPeriodicEmit(output);
        }
    }
}

package io.millrace.api.windowing;

import io.millrace.api.ApiErrors;
import io.millrace.common.core.error.Problem;

/** What sizes and offsets of tumbling windows must keep to. */
final class WindowBounds {

    private WindowBounds() {}

    static void check(String assigner, long sizeMillis, long offsetMillis) {
        if (sizeMillis <= 0) {
            throw Problem.of(
                            ApiErrors.BAD_ARGUMENT,
                            assigner + " needs a size of 1 ms or more, found " + sizeMillis + " ms")
                    .fix("Give of(...) a positive duration, such as Duration.ofSeconds(10)")
                    .asException();
        }
        // Not Math.abs, which is negative for the smallest long.
        if (offsetMillis >= sizeMillis || offsetMillis <= -sizeMillis) {
            throw Problem.of(
                            ApiErrors.BAD_ARGUMENT,
                            assigner + " needs an offset below its size of " + sizeMillis + " ms, found " + offsetMillis
                                    + " ms")
                    .fix("Take the offset modulo the size")
                    .asException();
        }
    }
}

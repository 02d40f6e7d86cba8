package io.millrace.common.graph.execution;

import org.jspecify.annotations.Nullable;

/**
 * What one operator of one attempt has done.
 *
 * @param operator its id in the job graph
 * @param recordsIn since the attempt started
 * @param recordsOut since the attempt started
 * @param currentWatermark event time in milliseconds; null before the first watermark
 */
public record OperatorProgress(
        int operator,
        long recordsIn,
        long recordsOut,
        @Nullable Long currentWatermark) {}

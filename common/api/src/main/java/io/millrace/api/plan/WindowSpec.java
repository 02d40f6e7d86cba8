package io.millrace.api.plan;

import io.millrace.api.types.TypeInformation;
import io.millrace.api.util.OutputTag;
import io.millrace.api.windowing.Window;
import io.millrace.api.windowing.WindowAssigner;
import org.jspecify.annotations.Nullable;

/**
 * A window on a keyed stream.
 *
 * @param allowedLatenessMillis how long after its end a window still takes elements
 * @param lateData where elements go that are late for all their windows; null drops and counts them
 */
public record WindowSpec<T, K, W extends Window, R>(
        Keying<T, K> keying,
        WindowAssigner<? super T, W> assigner,
        long allowedLatenessMillis,
        @Nullable OutputTag<T> lateData,
        WindowComputation<T, K, W, R> computation,
        TypeInformation<R> outputType)
        implements OperatorSpec {}

package io.millrace.taskmanager.runtime.window;

import io.millrace.api.functions.KeySelector;
import io.millrace.api.util.OutputTag;
import io.millrace.taskmanager.state.SliceState;
import org.jspecify.annotations.Nullable;

/**
 * What a window operator computes.
 *
 * @param selector finds keys
 * @param contents what is kept per key and window
 * @param slices where it is kept
 * @param lateData where elements go that are late for all their windows
 */
record WindowComputing(
        KeySelector<Object, Object> selector,
        WindowContents contents,
        SliceState<Object> slices,
        @Nullable OutputTag<Object> lateData) {}

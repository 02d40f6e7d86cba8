package io.millrace.taskmanager.runtime.window;

import io.millrace.api.functions.ProcessWindowFunction;
import io.millrace.api.util.Collector;
import io.millrace.api.windowing.TimeWindow;
import org.jspecify.annotations.Nullable;

/**
 * What a window keeps per key and what it makes of it when it fires. One thread; stateless but for the user's
 * functions.
 */
interface WindowContents {

    /**
     * Adds an element.
     *
     * @param contents of the key in the window so far; null if there are none
     * @return the contents from now on; may be {@code contents} itself, changed
     */
    Object add(@Nullable Object contents, Object element) throws Exception;

    /** What the window emits if there is no evaluation: a single value. */
    Object result(Object contents);

    /** What an evaluation is given. */
    Iterable<Object> elements(Object contents);

    /** Runs when the window fires; null if {@link #result} is emitted as it is. */
    @Nullable
    ProcessWindowFunction<Object, Object, Object, TimeWindow> evaluation();

    /** Emits what the window yields for a key. */
    default void fire(
            Object key,
            Object contents,
            ProcessWindowFunction<Object, Object, Object, TimeWindow>.@Nullable Context context,
            Collector<Object> out)
            throws Exception {
        ProcessWindowFunction<Object, Object, Object, TimeWindow> evaluation = evaluation();
        if (evaluation == null || context == null) {
            out.collect(result(contents));
        } else {
            evaluation.process(key, context, elements(contents), out);
        }
    }
}

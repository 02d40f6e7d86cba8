package io.millrace.taskmanager.runtime.window;

import io.millrace.api.functions.AggregateFunction;
import io.millrace.api.functions.ProcessWindowFunction;
import io.millrace.api.windowing.TimeWindow;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/** Keeps an accumulator. */
record AggregatedContents(
        AggregateFunction<Object, Object, Object> function,
        @Nullable ProcessWindowFunction<Object, Object, Object, TimeWindow> evaluation)
        implements WindowContents {

    @Override
    public Object add(@Nullable Object contents, Object element) {
        return function.add(element, contents == null ? function.createAccumulator() : contents);
    }

    @Override
    public Object result(Object contents) {
        return function.getResult(contents);
    }

    @Override
    public Iterable<Object> elements(Object contents) {
        return Collections.singletonList(function.getResult(contents));
    }
}

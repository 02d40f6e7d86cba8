package io.millrace.taskmanager.runtime.window;

import io.millrace.api.functions.ProcessWindowFunction;
import io.millrace.api.functions.ReduceFunction;
import io.millrace.api.windowing.TimeWindow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps the reduction of the elements so far. */
record ReducedContents(
        ReduceFunction<Object> function, @Nullable ProcessWindowFunction<Object, Object, Object, TimeWindow> evaluation)
        implements WindowContents {

    @Override
    public Object add(@Nullable Object contents, Object element) throws Exception {
        return contents == null ? element : function.reduce(contents, element);
    }

    @Override
    public Object result(Object contents) {
        return contents;
    }

    @Override
    public Iterable<Object> elements(Object contents) {
        return List.of(contents);
    }
}

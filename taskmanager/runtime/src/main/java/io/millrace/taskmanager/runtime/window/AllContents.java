package io.millrace.taskmanager.runtime.window;

import io.millrace.api.functions.ProcessWindowFunction;
import io.millrace.api.windowing.TimeWindow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps all elements, in order of arrival. */
record AllContents(ProcessWindowFunction<Object, Object, Object, TimeWindow> evaluation) implements WindowContents {

    @Override
    @SuppressWarnings("unchecked") // made here
    public Object add(@Nullable Object contents, Object element) {
        List<Object> elements = contents == null ? new ArrayList<>(4) : (List<Object>) contents;
        elements.add(element);
        return elements;
    }

    @Override
    public Object result(Object contents) {
        throw new IllegalStateException("A window that keeps all elements has an evaluation");
    }

    @Override
    @SuppressWarnings("unchecked") // made by add
    public Iterable<Object> elements(Object contents) {
        return Collections.unmodifiableList((List<Object>) contents);
    }
}

package io.millrace.api.functions;

import io.millrace.api.util.Collector;
import io.millrace.api.util.OutputTag;
import io.millrace.api.windowing.Window;

/** Evaluates the contents of one window of one key, with access to time and side outputs. */
public abstract class ProcessWindowFunction<I, O, K, W extends Window> extends AbstractRichFunction {
    private static final long serialVersionUID = 1L;

    public abstract void process(K key, Context context, Iterable<I> elements, Collector<O> out) throws Exception;

    /** Called when the window is dropped. */
    public void clear(Context context) throws Exception {}

    /** Valid during one call only. */
    public abstract class Context {
        public abstract W window();

        public abstract long currentProcessingTime();

        public abstract long currentWatermark();

        public abstract <X> void output(OutputTag<X> tag, X value);
    }
}

package io.millrace.api.functions;

import io.millrace.api.util.Collector;
import io.millrace.api.util.OutputTag;
import org.jspecify.annotations.Nullable;

/** The general function on a keyed stream: state and timers per key. */
public abstract class KeyedProcessFunction<K, I, O> extends AbstractRichFunction {
    private static final long serialVersionUID = 1L;

    public abstract void processElement(I value, Context ctx, Collector<O> out) throws Exception;

    /** Called when a timer of the current key fires. */
    public void onTimer(long timestamp, OnTimerContext ctx, Collector<O> out) throws Exception {}

    /** Valid during one call only. */
    public abstract class Context {
        /** The element's (or timer's) timestamp in milliseconds, or null if it has none. */
        public abstract @Nullable Long timestamp();

        public abstract TimerService timerService();

        public abstract <X> void output(OutputTag<X> tag, X value);

        public abstract K getCurrentKey();
    }

    /** Valid during one call only. */
    public abstract class OnTimerContext extends Context {
        public abstract TimeDomain timeDomain();
    }
}

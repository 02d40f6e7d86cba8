package io.millrace.api.plan;

import io.millrace.api.functions.OpenContext;
import io.millrace.api.functions.ProcessWindowFunction;
import io.millrace.api.functions.RichFunction;
import io.millrace.api.functions.RuntimeContext;
import io.millrace.api.functions.WindowFunction;
import io.millrace.api.util.Collector;
import io.millrace.api.windowing.Window;

/** A {@link WindowFunction} as the one kind of evaluation that the runtime knows. */
public final class WindowFunctionAdapter<I, O, K, W extends Window> extends ProcessWindowFunction<I, O, K, W> {
    private static final long serialVersionUID = 1L;

    private final WindowFunction<I, O, K, W> function;

    public WindowFunctionAdapter(WindowFunction<I, O, K, W> function) {
        this.function = function;
    }

    @Override
    public void setRuntimeContext(RuntimeContext context) {
        super.setRuntimeContext(context);
        if (function instanceof RichFunction rich) {
            rich.setRuntimeContext(context);
        }
    }

    @Override
    public void open(OpenContext openContext) throws Exception {
        if (function instanceof RichFunction rich) {
            rich.open(openContext);
        }
    }

    @Override
    public void close() throws Exception {
        if (function instanceof RichFunction rich) {
            rich.close();
        }
    }

    @Override
    public void process(K key, Context context, Iterable<I> elements, Collector<O> out) throws Exception {
        function.apply(key, context.window(), elements, out);
    }
}

package io.millrace.api.functions.builtin;

import io.millrace.api.functions.FilterFunction;
import io.millrace.api.functions.FlatMapFunction;
import io.millrace.api.functions.Function;
import io.millrace.api.functions.KeyedProcessFunction;
import io.millrace.api.functions.MapFunction;
import io.millrace.api.functions.OpenContext;
import io.millrace.api.functions.ProcessFunction;
import io.millrace.api.functions.RichFunction;
import io.millrace.api.functions.RuntimeContext;
import io.millrace.api.functions.TimeDomain;
import io.millrace.api.functions.TimerService;
import io.millrace.api.util.Collector;
import io.millrace.api.util.OutputTag;
import org.jspecify.annotations.Nullable;

/** A function that knows no key, on a keyed stream: it then has keyed state, and a process function timers too. */
public abstract sealed class OnKey<K, I, O> extends KeyedProcessFunction<K, I, O> {
    private static final long serialVersionUID = 1L;

    private final Function adapted;

    private OnKey(Function adapted) {
        this.adapted = adapted;
    }

    @Override
    public final void setRuntimeContext(RuntimeContext context) {
        super.setRuntimeContext(context);
        if (adapted instanceof RichFunction rich) {
            rich.setRuntimeContext(context);
        }
    }

    @Override
    public final void open(OpenContext openContext) throws Exception {
        if (adapted instanceof RichFunction rich) {
            rich.open(openContext);
        }
    }

    @Override
    public final void close() throws Exception {
        if (adapted instanceof RichFunction rich) {
            rich.close();
        }
    }

    /** Emits the result of a map function. */
    public static final class Mapping<K, I, O> extends OnKey<K, I, O> {
        private static final long serialVersionUID = 1L;

        private final MapFunction<I, O> function;

        public Mapping(MapFunction<I, O> function) {
            super(function);
            this.function = function;
        }

        @Override
        public void processElement(I value, Context ctx, Collector<O> out) throws Exception {
            out.collect(function.map(value));
        }
    }

    /** Emits what a flat map function emits. */
    public static final class FlatMapping<K, I, O> extends OnKey<K, I, O> {
        private static final long serialVersionUID = 1L;

        private final FlatMapFunction<I, O> function;

        public FlatMapping(FlatMapFunction<I, O> function) {
            super(function);
            this.function = function;
        }

        @Override
        public void processElement(I value, Context ctx, Collector<O> out) throws Exception {
            function.flatMap(value, out);
        }
    }

    /** Emits the elements that a filter keeps. */
    public static final class Filtering<K, T> extends OnKey<K, T, T> {
        private static final long serialVersionUID = 1L;

        private final FilterFunction<T> function;

        public Filtering(FilterFunction<T> function) {
            super(function);
            this.function = function;
        }

        @Override
        public void processElement(T value, Context ctx, Collector<T> out) throws Exception {
            if (function.filter(value)) {
                out.collect(value);
            }
        }
    }

    /** Emits what a process function emits. */
    public static final class Processing<K, I, O> extends OnKey<K, I, O> {
        private static final long serialVersionUID = 1L;

        private final ProcessFunction<I, O> function;
        private transient @Nullable PlainContext plainContext;

        public Processing(ProcessFunction<I, O> function) {
            super(function);
            this.function = function;
        }

        @Override
        public void processElement(I value, Context ctx, Collector<O> out) throws Exception {
            function.processElement(value, plain(ctx, null), out);
        }

        @Override
        public void onTimer(long timestamp, OnTimerContext ctx, Collector<O> out) throws Exception {
            function.onTimer(timestamp, plain(ctx, ctx), out);
        }

        /** One context for all calls: each is valid during one call only. */
        private PlainContext plain(Context keyed, @Nullable OnTimerContext timer) {
            PlainContext context = plainContext;
            if (context == null) {
                context = new PlainContext(function);
                plainContext = context;
            }
            context.keyed = keyed;
            context.timer = timer;
            return context;
        }

        private final class PlainContext extends ProcessFunction<I, O>.OnTimerContext {
            private @Nullable Context keyed;
            private @Nullable OnTimerContext timer;

            PlainContext(ProcessFunction<I, O> owner) {
                owner.super();
            }

            @Override
            public @Nullable Long timestamp() {
                return current().timestamp();
            }

            @Override
            public TimerService timerService() {
                return current().timerService();
            }

            @Override
            public <X> void output(OutputTag<X> tag, X value) {
                current().output(tag, value);
            }

            @Override
            public TimeDomain timeDomain() {
                OnTimerContext context = timer;
                if (context == null) {
                    throw new IllegalStateException("There is a time domain while a timer fires only");
                }
                return context.timeDomain();
            }

            private KeyedProcessFunction<K, I, O>.Context current() {
                KeyedProcessFunction<K, I, O>.Context context = keyed;
                if (context == null) {
                    throw new IllegalStateException("A context is valid during one call only");
                }
                return context;
            }
        }
    }
}

package io.millrace.api.functions.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.functions.KeyedProcessFunction;
import io.millrace.api.functions.OpenContext;
import io.millrace.api.functions.ProcessFunction;
import io.millrace.api.functions.RichMapFunction;
import io.millrace.api.functions.TimeDomain;
import io.millrace.api.functions.TimerService;
import io.millrace.api.util.Collector;
import io.millrace.api.util.OutputTag;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OnKeyTest {
    private static final OutputTag<String> SIDE = new OutputTag<>("side") {};

    private final List<Object> emitted = new ArrayList<>();
    private final List<Object> side = new ArrayList<>();

    private final class KeyedContext<I> extends KeyedProcessFunction<String, I, String>.OnTimerContext {
        KeyedContext(KeyedProcessFunction<String, I, String> function) {
            function.super();
        }

        @Override
        public TimeDomain timeDomain() {
            return TimeDomain.EVENT_TIME;
        }

        @Override
        public @Nullable Long timestamp() {
            return 42L;
        }

        @Override
        public TimerService timerService() {
            throw new UnsupportedOperationException("no timers here");
        }

        @Override
        public <X> void output(OutputTag<X> tag, X value) {
            side.add(tag.getId() + "=" + value);
        }

        @Override
        public String getCurrentKey() {
            return "key";
        }
    }

    static final class Telling extends ProcessFunction<Integer, String> {
        private static final long serialVersionUID = 1L;

        @Override
        public void processElement(Integer value, Context ctx, Collector<String> out) {
            out.collect(value + "@" + ctx.timestamp());
            ctx.output(SIDE, "s" + value);
        }

        @Override
        public void onTimer(long timestamp, OnTimerContext ctx, Collector<String> out) {
            out.collect(ctx.timeDomain() + " " + timestamp);
        }
    }

    @Test
    void processFunctionSeesTimestampSideOutputAndTimers() throws Exception {
        OnKey.Processing<String, Integer, String> adapter = new OnKey.Processing<>(new Telling());
        KeyedContext<Integer> context = new KeyedContext<>(adapter);
        adapter.processElement(1, context, emitted::add);
        adapter.onTimer(7, context, emitted::add);
        assertThat(emitted).containsExactly("1@42", "EVENT_TIME 7");
        assertThat(side).containsExactly("side=s1");
    }

    @Test
    void plainFunctionsEmitWhatTheyGive() throws Exception {
        OnKey.Mapping<String, Integer, String> map = new OnKey.Mapping<>(x -> "m" + x);
        map.processElement(1, new KeyedContext<>(map), emitted::add);
        OnKey.FlatMapping<String, Integer, String> flatMap = new OnKey.FlatMapping<>((x, out) -> {
            out.collect("f" + x);
            out.collect("g" + x);
        });
        flatMap.processElement(2, new KeyedContext<>(flatMap), emitted::add);
        OnKey.Filtering<String, String> filter = new OnKey.Filtering<>(text -> text.equals("yes"));
        filter.processElement("yes", new KeyedContext<>(filter), emitted::add);
        filter.processElement("no", new KeyedContext<>(filter), emitted::add);
        assertThat(emitted).containsExactly("m1", "f2", "g2", "yes");
    }

    static final class LifeCycle extends RichMapFunction<String, String> {
        private static final long serialVersionUID = 1L;

        private final transient List<Object> seen;

        LifeCycle(List<Object> seen) {
            this.seen = seen;
        }

        @Override
        public void open(OpenContext openContext) {
            seen.add("open");
        }

        @Override
        public void close() {
            seen.add("close");
        }

        @Override
        public String map(String value) {
            return value;
        }
    }

    @Test
    void lifeCycleOfARichFunctionIsItsOwn() throws Exception {
        OnKey.Mapping<String, String, String> map = new OnKey.Mapping<>(new LifeCycle(emitted));
        map.open(new OpenContext() {});
        map.close();
        assertThat(emitted).containsExactly("open", "close");
    }
}

package io.millrace.client.examples.loganalysis.functions;

import io.millrace.api.eventtime.RelativeClock;
import io.millrace.api.eventtime.Watermark;
import io.millrace.api.eventtime.WatermarkGenerator;
import io.millrace.api.eventtime.WatermarkOutput;
import io.millrace.api.functions.KeyedProcessFunction;
import io.millrace.api.functions.OpenContext;
import io.millrace.api.functions.ProcessFunction;
import io.millrace.api.functions.TimeDomain;
import io.millrace.api.functions.TimerService;
import io.millrace.api.types.TypeInformation;
import io.millrace.api.util.Collector;
import io.millrace.api.util.OutputTag;
import io.millrace.client.examples.loganalysis.event.LogEvent;
import io.millrace.client.examples.loganalysis.output.LinePosition;
import io.millrace.client.examples.loganalysis.reading.LogFormat;
import io.millrace.client.examples.loganalysis.reference.SourceText;
import io.millrace.client.examples.loganalysis.sources.LogLine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The job's functions one after another on one thread, with state, timers and watermarks as the engine promises them:
 * what the functions compute, without an engine.
 */
final class HandStepped implements WatermarkOutput, TimerService {
    private record Timer(long time, String key) {}

    private final List<String> lines = new ArrayList<>();
    private final Collector<String> output = lines::add;
    private final LineParser parser;
    private final LateFilter lateFilter = new LateFilter();
    private final WatermarkGenerator<LogEvent> watermarks;
    private final List<KeyedProcessFunction<String, LogEvent, String>> keyed;
    private final ThroughBytes<LogEvent> exchange = new ThroughBytes<>(TypeInformation.of(LogEvent.class));
    private final KeyedStates states = new KeyedStates();
    private final TreeSet<Timer> timers =
            new TreeSet<>(Comparator.comparingLong(Timer::time).thenComparing(Timer::key));
    private final boolean eventTime;
    private long watermark = Long.MIN_VALUE;

    private HandStepped(
            LogFormat format, int year, boolean eventTime, List<KeyedProcessFunction<String, LogEvent, String>> keyed) {
        this.parser = new LineParser(format, year);
        this.keyed = keyed;
        this.eventTime = eventTime;
        RelativeClock clock = () -> 0;
        watermarks = new EagerWatermarks().createWatermarkGenerator(() -> clock);
    }

    static List<String> precise(LogFormat format, int year, List<SourceText> inputs) {
        HandStepped job = new HandStepped(format, year, true, List.of(new PreciseAnalysis()));
        job.run(inputs);
        if (!job.states.isUnused("waiting") || !job.timers.isEmpty()) {
            throw new AssertionError("events or timers are left over");
        }
        return job.lines;
    }

    static List<String> tutorial(LogFormat format, int year, List<SourceText> inputs) {
        HandStepped job =
                new HandStepped(format, year, false, List.of(new AnomalyDetector(), new UserMetricsCalculator()));
        job.run(inputs);
        List<String> names = List.of(
                "failed_logins", "last_login", "suspicious", "action_counts", "session_duration", "last_action_time");
        if (!job.states.names.equals(Set.copyOf(names)) || !job.states.isUnused("suspicious")) {
            throw new AssertionError("not the tutorial's states: " + job.states.names);
        }
        return job.lines;
    }

    private void run(List<SourceText> inputs) {
        OpenContext open = new OpenContext() {};
        parser.open(open);
        forEachFunction(function -> {
            function.setRuntimeContext(states);
            function.open(open);
        });
        for (SourceText input : inputs) {
            for (int i = 0; i < input.lines().size(); i++) {
                LogLine line = new LogLine(
                        input.name(),
                        LinePosition.Unit.LINE,
                        i + 1,
                        input.lines().get(i));
                parser.processElement(line, plainContext(parser), this::judge);
            }
        }
        advance(Long.MAX_VALUE);
        parser.close();
    }

    private void judge(LogEvent event) {
        if (!eventTime) {
            analyse(event);
            return;
        }
        lateFilter.processElement(event, plainContext(lateFilter), this::analyse);
        watermarks.onEvent(event, event.timestampMs(), this);
    }

    private void analyse(LogEvent sent) {
        LogEvent event = exchange.pass(sent);
        states.key = event.userId();
        forEachFunction(function -> function.processElement(event, contextOf(function), output));
    }

    private void advance(long to) {
        watermark = Math.max(watermark, to);
        while (!timers.isEmpty() && timers.first().time() <= watermark) {
            Timer timer = timers.first();
            timers.remove(timer);
            states.key = timer.key();
            forEachFunction(function -> function.onTimer(timer.time(), contextOf(function), output));
        }
    }

    private interface Call {
        void on(KeyedProcessFunction<String, LogEvent, String> function) throws Exception;
    }

    private void forEachFunction(Call call) {
        for (KeyedProcessFunction<String, LogEvent, String> function : keyed) {
            try {
                call.on(function);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }

    private <I, O> ProcessFunction<I, O>.Context plainContext(ProcessFunction<I, O> function) {
        return function.new Context() {
            @Override
            public @Nullable Long timestamp() {
                return null;
            }

            @Override
            public TimerService timerService() {
                return HandStepped.this;
            }

            @Override
            public <X> void output(OutputTag<X> tag, X value) {
                lines.add((String) value);
            }
        };
    }

    private KeyedProcessFunction<String, LogEvent, String>.OnTimerContext contextOf(
            KeyedProcessFunction<String, LogEvent, String> function) {
        return function.new OnTimerContext() {
            @Override
            public TimeDomain timeDomain() {
                return TimeDomain.EVENT_TIME;
            }

            @Override
            public @Nullable Long timestamp() {
                return null;
            }

            @Override
            public TimerService timerService() {
                return HandStepped.this;
            }

            @Override
            public <X> void output(OutputTag<X> tag, X value) {
                lines.add((String) value);
            }

            @Override
            public String getCurrentKey() {
                return states.key;
            }
        };
    }

    @Override
    public void emitWatermark(Watermark mark) {
        advance(mark.timestamp());
    }

    @Override
    public void markIdle() {}

    @Override
    public void markActive() {}

    @Override
    public long currentProcessingTime() {
        return 0;
    }

    @Override
    public long currentWatermark() {
        return watermark;
    }

    @Override
    public void registerProcessingTimeTimer(long time) {
        throw new AssertionError("the job knows no processing time");
    }

    @Override
    public void registerEventTimeTimer(long time) {
        timers.add(new Timer(time, states.key));
    }

    @Override
    public void deleteProcessingTimeTimer(long time) {
        throw new AssertionError("the job knows no processing time");
    }

    @Override
    public void deleteEventTimeTimer(long time) {
        timers.remove(new Timer(time, states.key));
    }
}

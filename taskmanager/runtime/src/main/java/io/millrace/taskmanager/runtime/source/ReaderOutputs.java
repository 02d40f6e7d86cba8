package io.millrace.taskmanager.runtime.source;

import io.millrace.api.eventtime.RelativeClock;
import io.millrace.api.eventtime.TimestampAssigner;
import io.millrace.api.eventtime.Watermark;
import io.millrace.api.eventtime.WatermarkStrategy;
import io.millrace.api.source.ReaderOutput;
import io.millrace.api.source.SourceOutput;
import io.millrace.taskmanager.runtime.snapshot.EventTimes;
import io.millrace.taskmanager.runtime.snapshot.RestoredOperator;
import io.millrace.taskmanager.runtime.stream.Brake;
import io.millrace.taskmanager.runtime.stream.Output;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a reader emits into: a main output and one output per split, each with a watermark generator of its own. */
final class ReaderOutputs implements ReaderOutput<Object> {
    private static final String MAIN = "";

    private final Output out;
    private final WatermarkStrategy<Object> strategy;
    private final RelativeClock activityClock;
    private final Brake brake;
    private final TimestampAssigner<Object> assigner;
    private final SplitWatermarks watermarks;
    private final TimestampedOutput main;
    private final Map<String, TimestampedOutput> splits = new LinkedHashMap<>();
    private final RecordCounter counter = new RecordCounter();

    /**
     * @param activityClock stands still while the task is blocked, for idleness
     * @param watermark in force from the start
     */
    ReaderOutputs(
            Output out, WatermarkStrategy<Object> strategy, RelativeClock activityClock, Brake brake, long watermark) {
        this.out = out;
        this.strategy = strategy;
        this.activityClock = activityClock;
        this.brake = brake;
        this.assigner = strategy.createTimestampAssigner(AssignerContext.INSTANCE);
        this.watermarks = new SplitWatermarks(out, watermark);
        this.main = output(watermarks.addMain());
    }

    private TimestampedOutput output(SplitWatermarks.Part part) {
        return new TimestampedOutput(
                out, assigner, strategy.createWatermarkGenerator(() -> activityClock), part, counter);
    }

    @Override
    public SourceOutput<Object> createOutputForSplit(String splitId) {
        TimestampedOutput existing = splits.get(splitId);
        if (existing != null) {
            return existing;
        }
        TimestampedOutput created = output(watermarks.addSplit());
        splits.put(splitId, created);
        return created;
    }

    @Override
    public void releaseOutputForSplit(String splitId) {
        TimestampedOutput released = splits.remove(splitId);
        if (released != null) {
            watermarks.remove(released.watermarks());
        }
    }

    /**
     * Goes on with the event time of earlier readers: of their main outputs, and of the splits that this reader was
     * given. Where splits were dealt anew, those of which nothing was read may come from readers that were behind: they
     * hold the watermark until they are read.
     */
    void restore(RestoredOperator restored, List<String> given) {
        watermarks.announce();
        watermarks.together(() -> {
            for (EventTimes times : restored.eventTimes()) {
                times.splits().forEach((split, time) -> {
                    if (split.equals(MAIN)) {
                        main.watermarks()
                                .restore(restored.isRescaled() ? restored.watermark() : time.watermark(), time.idle());
                    } else if (given.contains(split)) {
                        addRestored(split).restore(time.watermark(), time.idle());
                    }
                });
            }
            if (restored.isRescaled()) {
                given.stream().filter(split -> !splits.containsKey(split)).forEach(split -> addRestored(split)
                        .restore(restored.watermark(), false));
            }
        });
    }

    private SplitWatermarks.Part addRestored(String split) {
        TimestampedOutput output = output(watermarks.addSplit());
        splits.put(split, output);
        return output.watermarks();
    }

    /** How far event time has come. */
    EventTimes eventTimes() {
        Map<String, EventTimes.SplitTime> times = new LinkedHashMap<>();
        main.watermarks().time().ifPresent(time -> times.put(MAIN, time));
        splits.forEach((split, output) -> output.watermarks().time().ifPresent(time -> times.put(split, time)));
        return new EventTimes(watermarks.merged(), times);
    }

    /** Asks every generator for a watermark. */
    void onPeriodicEmit() {
        watermarks.together(() -> {
            main.onPeriodicEmit();
            splits.values().forEach(TimestampedOutput::onPeriodicEmit);
        });
    }

    /** The reader is at its end. */
    void end() {
        watermarks.end();
    }

    long watermark() {
        return watermarks.merged();
    }

    long records() {
        return counter.records;
    }

    @Override
    public boolean hasRoom() {
        return !brake.isOn();
    }

    @Override
    public void collect(Object element) {
        main.collect(element);
    }

    @Override
    public void collect(Object element, long timestamp) {
        main.collect(element, timestamp);
    }

    @Override
    public void emitWatermark(Watermark watermark) {
        main.emitWatermark(watermark);
    }

    @Override
    public void emitWatermark(long timestamp) {
        main.emitWatermark(timestamp);
    }

    @Override
    public void markIdle() {
        main.markIdle();
    }

    @Override
    public void markActive() {
        main.markActive();
    }
}

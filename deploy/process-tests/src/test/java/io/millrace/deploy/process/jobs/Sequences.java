package io.millrace.deploy.process.jobs;

import io.millrace.api.functions.KeyedProcessFunction;
import io.millrace.api.functions.OpenContext;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.util.Collector;
import io.millrace.api.util.OutputTag;
import io.millrace.deploy.process.jobs.SeededNumbers.Numbered;

/** Counts each key's records, tells the count when timers say so, and tells of gaps and late ones at once. */
final class Sequences extends KeyedProcessFunction<Long, Numbered, String> {
    static final OutputTag<String> LATE = new OutputTag<>("late") {};
    private static final long serialVersionUID = 2;

    private final Gate opening;
    private final Gate working;
    private transient boolean first;
    private transient ValueState<Long> last;
    private transient ValueState<Long> count;

    /** @param opening where the first subtask may stay when it opens, and {@code working} at a record */
    Sequences(Gate opening, Gate working) {
        this.opening = opening;
        this.working = working;
    }

    @Override
    public void open(OpenContext context) throws Exception {
        first = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0;
        last = getRuntimeContext().getState(new ValueStateDescriptor<>("last", Long.class));
        count = getRuntimeContext().getState(new ValueStateDescriptor<>("count", Long.class));
        if (first) {
            opening.pass();
        }
    }

    @Override
    public void processElement(Numbered record, Context context, Collector<String> out) throws Exception {
        if (first) {
            working.pass();
        }
        Long before = last.value();
        if (record.sequence() != (before == null ? 0 : before + 1)) {
            out.collect("gap of key " + record.key() + " after " + before + ": " + record.sequence());
        }
        last.update(record.sequence());
        Long counted = count.value();
        count.update(counted == null ? 1 : counted + 1);
        if (record.timeMs() <= context.timerService().currentWatermark()) {
            context.output(LATE, "late " + record.key() + " " + record.sequence());
        } else {
            context.timerService().registerEventTimeTimer(record.timeMs() / 500 * 500 + 500);
        }
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<String> out) throws Exception {
        out.collect("count " + context.getCurrentKey() + " " + timestamp + " " + count.value());
    }
}

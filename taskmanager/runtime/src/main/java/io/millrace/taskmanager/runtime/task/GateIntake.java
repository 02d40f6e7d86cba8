package io.millrace.taskmanager.runtime.task;

import io.millrace.common.core.error.Problem;
import io.millrace.taskmanager.runtime.exchange.InputChannel;
import io.millrace.taskmanager.runtime.exchange.WatermarkMerger;
import io.millrace.taskmanager.runtime.operator.Intake;
import io.millrace.taskmanager.runtime.operator.StepBudget;
import io.millrace.taskmanager.runtime.stream.Brake;
import io.millrace.taskmanager.runtime.stream.Control;
import io.millrace.taskmanager.runtime.stream.ElementBatch;
import io.millrace.taskmanager.runtime.stream.Output;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Feeds a chain from its incoming channels: batch by batch in turn, element by element within a batch. It stops between
 * two elements as soon as the brake is on and goes on there. Of all gates' channels one watermark and one status are
 * made.
 */
final class GateIntake implements Intake {
    private final InputChannel[] channels;
    private final boolean[] ended;
    private final WatermarkMerger merger;
    private final BatchLoop run;
    private final Output head;
    private final Brake brake;
    private final StepBudget budget;

    private int live;
    private boolean idle;
    /** The channel of the batch in progress, or of the last one. */
    private int current;

    private long records;

    GateIntake(List<InputChannel> channels, BatchLoop run, Output head, Brake brake, StepBudget budget) {
        this.channels = channels.toArray(InputChannel[]::new);
        this.ended = new boolean[channels.size()];
        this.merger = new WatermarkMerger(channels.size());
        this.run = run;
        this.head = head;
        this.brake = brake;
        this.budget = budget;
        this.live = channels.size();
    }

    @Override
    public void open() {}

    @Override
    public void start() {}

    @Override
    public int step() {
        updateStatus();
        int work = 0;
        while (!brake.isOn() && !budget.isOver()) {
            if (run.isDone() && !nextBatch()) {
                break;
            }
            int before = run.position();
            Control control = run.proceed(head, brake, budget.left());
            if (control != null) {
                take(control, run.controlTimestamp());
                updateStatus();
            }
            int done = run.position() - before;
            budget.spend(done);
            work += done;
        }
        return work;
    }

    private boolean nextBatch() {
        for (int i = 0; i < channels.length; i++) {
            current = current + 1 == channels.length ? 0 : current + 1;
            if (!ended[current]) {
                ElementBatch batch = channels[current].poll();
                if (batch != null) {
                    records += batch.records();
                    run.begin(batch);
                    return true;
                }
            }
        }
        return false;
    }

    private void take(Control control, long timestamp) {
        switch (control) {
            case WATERMARK -> {
                if (merger.watermark(current, timestamp)) {
                    head.watermark(merger.merged());
                }
            }
            case IDLE -> {
                if (merger.setIdle(current, true)) {
                    head.watermark(merger.merged());
                }
            }
            case ACTIVE -> merger.setIdle(current, false);
            case END_OF_INPUT -> {
                ended[current] = true;
                live--;
            }
        }
    }

    /** Passes a change of status on, but only after the firing of an earlier watermark is complete. */
    private void updateStatus() {
        if (idle != merger.isIdle() && !brake.isOn()) {
            idle = !idle;
            head.idle(idle);
        }
    }

    @Override
    public boolean isEnded() {
        return live == 0 && run.isDone();
    }

    @Override
    public boolean isReleased() {
        return live == 0;
    }

    @Override
    public @Nullable Problem failure() {
        for (int i = 0; i < channels.length; i++) {
            if (!ended[i]) {
                Problem problem = channels[i].failure();
                if (problem != null) {
                    return problem;
                }
            }
        }
        return null;
    }

    @Override
    public long records() {
        return records;
    }

    @Override
    public long bytes() {
        long sum = 0;
        for (InputChannel channel : channels) {
            sum += channel.bytes();
        }
        return sum;
    }

    @Override
    public long watermark() {
        return merger.merged();
    }

    @Override
    public void close() {}
}

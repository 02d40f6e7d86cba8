package io.millrace.taskmanager.runtime.task;

import io.millrace.common.core.error.Problem;
import io.millrace.common.graph.snapshot.CheckpointKind;
import io.millrace.common.graph.snapshot.PartKind;
import io.millrace.taskmanager.runtime.exchange.BarrierAligner;
import io.millrace.taskmanager.runtime.exchange.WatermarkMerger;
import io.millrace.taskmanager.runtime.operator.Intake;
import io.millrace.taskmanager.runtime.operator.StepBudget;
import io.millrace.taskmanager.runtime.operator.TaskTime;
import io.millrace.taskmanager.runtime.snapshot.EventTimes;
import io.millrace.taskmanager.runtime.snapshot.PartCollector;
import io.millrace.taskmanager.runtime.stream.Barrier;
import io.millrace.taskmanager.runtime.stream.BarrierHandler;
import io.millrace.taskmanager.runtime.stream.Brake;
import io.millrace.taskmanager.runtime.stream.Control;
import io.millrace.taskmanager.runtime.stream.ElementBatch;
import io.millrace.taskmanager.runtime.stream.Output;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Feeds a chain from its incoming channels: batch by batch in turn, element by element within a batch. It stops between
 * two elements as soon as the brake is on and goes on there. Of all gates' channels one watermark and one status are
 * made, and one barrier of those that all bring.
 */
final class GateIntake implements Intake {
    private final InputLane[] lanes;
    private final boolean[] ended;
    private final WatermarkMerger merger;
    private final BarrierAligner aligner;
    private final Overtaking overtaking;
    /** What is left of the batch in which a channel brought the pending barrier. */
    private final @Nullable HeldBatch[] held;

    private final BatchLoop run;
    private final Output head;
    private final Brake brake;
    private final TaskTime time;
    private final StepBudget budget;

    private BarrierHandler barriers = (number, alignmentNanos) -> {};
    /** Whether a channel has brought the pending barrier, and when the first did. */
    private boolean aligning;

    private long alignedSinceNanos;

    private int live;
    private boolean idle;
    /** The channel of the batch in progress, or of the last one. */
    private int current;

    private long records;

    /**
     * @param context says how barriers pass
     * @param watermark in force from the start
     */
    GateIntake(
            List<InputLane> lanes, BatchLoop run, Output head, ChainParts parts, TaskContext context, long watermark) {
        this.lanes = lanes.toArray(InputLane[]::new);
        this.ended = new boolean[lanes.size()];
        this.merger = new WatermarkMerger(lanes.size(), watermark);
        this.aligner = new BarrierAligner(lanes.size(), context.exactlyOnce());
        this.overtaking = new Overtaking(this.lanes, aligner, context.alignmentNanos());
        this.held = new HeldBatch[lanes.size()];
        this.run = run;
        this.head = head;
        this.brake = parts.brake();
        this.time = parts.time();
        this.budget = time.budget();
        this.live = lanes.size();
    }

    @Override
    public void open() {}

    @Override
    public void start(BarrierHandler handler) {
        barriers = handler;
        if (merger.merged() != Long.MIN_VALUE) {
            head.watermark(merger.merged());
        }
    }

    @Override
    public void announce(long barrier) {
        if (Barrier.of(barrier).kind() != CheckpointKind.DRAIN) {
            aligner.announced(barrier);
        }
    }

    /** The watermark in force, so that no late element is on time after a restore. */
    @Override
    public void snapshot(PartCollector parts, long barrier) {
        parts.add(PartKind.EVENT_TIME, 1, EventTimes.of(merger.merged()).encode());
        overtaking.snapshot(parts);
    }

    @Override
    public void giveUp(long checkpoint) {
        aligner.giveUp(checkpoint);
        overtaking.giveUp(checkpoint);
        aligning &= aligner.isPending();
    }

    @Override
    public int step() {
        updateStatus();
        int work = overtaking.proceed() + passBarrier();
        while (!brake.isOn() && !budget.isOver()) {
            if (run.isDone() && !nextBatch()) {
                break;
            }
            int before = run.position();
            Control control = run.proceed(head, brake, budget.left());
            int done = run.position() - before;
            budget.spend(done);
            work += done;
            if (control != null) {
                take(control, run.controlTimestamp());
                updateStatus();
                passBarrier();
            }
        }
        return work;
    }

    private boolean nextBatch() {
        for (int i = 0; i < lanes.length; i++) {
            current = current + 1 == lanes.length ? 0 : current + 1;
            if (ended[current] || aligner.holds(current)) {
                continue;
            }
            HeldBatch rest = held[current];
            if (rest != null) {
                held[current] = null;
                run.begin(rest.batch(), rest.position());
                return true;
            }
            ElementBatch batch = lanes[current].poll();
            if (batch != null) {
                records += batch.records();
                run.begin(batch, 0);
                return true;
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
                aligner.ended(current);
            }
            case BARRIER -> takeBarrier(timestamp);
        }
    }

    private void takeBarrier(long number) {
        if (!aligning) {
            aligning = true;
            alignedSinceNanos = time.nanos();
        }
        aligner.arrived(current, number);
        aligning = aligner.isPending();
        if (aligner.holds(current) && !run.isDone()) {
            int position = run.position();
            held[current] = new HeldBatch(run.suspend(), position);
        }
    }

    /** While a firing is open a barrier that may pass waits for that to end. */
    private int passBarrier() {
        long overdue = overtaking.due(time.nanos());
        if (!brake.letsBarriersPass() || (!aligner.isAligned() && overdue == 0)) {
            return 0;
        }
        long waitedNanos = aligning ? time.nanos() - alignedSinceNanos : 0;
        aligning = false;
        if (aligner.isAligned()) {
            barriers.onBarrier(aligner.release(), waitedNanos);
        } else {
            overtaking.begin(overdue, rests());
            aligner.overtake(overdue);
            barriers.onBarrier(overdue, waitedNanos);
        }
        return 1;
    }

    /** What is left of batches that were begun. */
    private @Nullable HeldBatch[] rests() {
        @Nullable HeldBatch[] rests = held.clone();
        if (!run.isDone()) {
            int position = run.position();
            ElementBatch batch = run.suspend();
            run.begin(batch, position);
            rests[current] = new HeldBatch(batch, position);
        }
        return rests;
    }

    @Override
    public long capturing() {
        return overtaking.capturing();
    }

    @Override
    public void settle(long checkpoint) {
        if (overtaking.capturing() == checkpoint) {
            overtaking.proceed();
        }
    }

    @Override
    public long nextBarrierNanos() {
        return overtaking.nextDeadlineNanos(time.nanos());
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
        for (int i = 0; i < lanes.length; i++) {
            if (!ended[i]) {
                Problem problem = lanes[i].channel().failure();
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
        for (InputLane lane : lanes) {
            sum += lane.channel().bytes();
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

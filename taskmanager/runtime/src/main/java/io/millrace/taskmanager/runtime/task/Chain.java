package io.millrace.taskmanager.runtime.task;

import io.millrace.common.core.id.SubtaskId;
import io.millrace.taskmanager.runtime.exchange.TaskOutputs;
import io.millrace.taskmanager.runtime.operator.Checkpointed;
import io.millrace.taskmanager.runtime.operator.Intake;
import io.millrace.taskmanager.runtime.operator.Lifecycle;
import io.millrace.taskmanager.runtime.operator.Operator;
import io.millrace.taskmanager.runtime.operator.TaskCheckpointing;
import io.millrace.taskmanager.runtime.operator.TaskTime;
import io.millrace.taskmanager.runtime.operator.Timed;
import io.millrace.taskmanager.runtime.stream.Barrier;
import io.millrace.taskmanager.runtime.stream.Brake;
import io.millrace.taskmanager.runtime.stream.Output;
import io.millrace.taskmanager.runtime.stream.Relief;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parts of one task, linked: what feeds it, its operators, and the ways out. Owned by its {@link Task}. */
public final class Chain {
    private final Brake brake;
    private final TaskTime time;
    private final TaskOutputs outputs;
    private final Intake intake;
    private final Output head;
    private final List<ChainPosition> positions;
    /** In the order in which they are opened: from the end of the chain to its head, the intake last. */
    private final List<Lifecycle> lifecycles;

    private final List<Timed> timed;
    private final List<Runnable> releases;
    private final CheckpointedFunctions functions;
    private final List<Runnable> underWay;
    private final SnapshotWork snapshot;
    private final TaskCheckpointing checkpointing;
    private int opened;
    private boolean stopped;
    private boolean closed;

    Chain(
            ChainParts parts,
            Intake intake,
            Output head,
            List<ChainPosition> positions,
            TaskCheckpointing checkpointing) {
        this.brake = parts.brake();
        this.time = parts.time();
        this.outputs = parts.outputs();
        this.lifecycles = parts.lifecycles();
        this.timed = parts.timed();
        this.releases = parts.releases();
        this.underWay = parts.underWay();
        this.functions = parts.functions();
        this.snapshot = new SnapshotWork(parts.keyed(), functions, intake::capturing);
        this.intake = intake;
        this.head = head;
        this.positions = positions;
        this.checkpointing = checkpointing;
    }

    /** Whether checkpoints of the job are taken. */
    boolean isCheckpointed() {
        return checkpointing.isOn();
    }

    /** Whether the job has ended with what is restored, so that nothing begins. */
    boolean endsAtOnce() {
        return checkpointing.isStopped();
    }

    Brake brake() {
        return brake;
    }

    TaskTime time() {
        return time;
    }

    TaskOutputs outputs() {
        return outputs;
    }

    Intake intake() {
        return intake;
    }

    void open() {
        for (Lifecycle lifecycle : lifecycles) {
            opened++;
            lifecycle.open();
        }
    }

    /** Calls everything whose deadline has passed. @return how many */
    int runDue(long nowNanos) {
        int ran = 0;
        for (int i = 0; i < timed.size() && !isBraked(); i++) {
            Timed next = timed.get(i);
            if (next.nextDeadlineNanos() <= nowNanos) {
                next.onDeadline();
                ran++;
            }
        }
        return ran;
    }

    private boolean isBraked() {
        return stopped ? brake.isOutputBlocked() : brake.isOn();
    }

    long nextDeadlineNanos() {
        if (brake.isOutputBlocked() || (brake.isHeld() && !stopped)) {
            return intake.nextBarrierNanos();
        }
        long next = intake.nextBarrierNanos();
        for (int i = 0; i < timed.size(); i++) {
            next = Math.min(next, timed.get(i).nextDeadlineNanos());
        }
        return next;
    }

    /** Puts the restored watermarks in force: before the first element, and without firing anything a second time. */
    void restoreWatermarks() {
        Map<Integer, Long> inForce = new HashMap<>();
        for (ChainPosition position : positions) {
            long before = position.upstream() < 0 ? intake.watermark() : inForce.get(position.upstream());
            Operator operator = position.operator();
            inForce.put(position.node().id(), operator == null ? before : operator.restoreWatermark(before));
        }
    }

    /** Before the first element: what was on its way within the chain goes on. */
    void restoreUnderWay() {
        underWay.forEach(Runnable::run);
        underWay.clear();
    }

    /** The snapshot that is being written, or the next. */
    SnapshotWork snapshot() {
        return snapshot;
    }

    /** Begins the snapshot of a barrier that passes just now. */
    void beginSnapshot(Barrier barrier, long alignmentNanos) {
        intake.snapshot(snapshot.collector(headId()), barrier.checkpoint());
        for (ChainPosition position : positions) {
            if (position.operator() instanceof Checkpointed operator) {
                operator.snapshot(snapshot.collector(position.node().id()), barrier.checkpoint());
            }
        }
        functions.snapshot(snapshot, barrier.checkpoint(), time.currentProcessingTime());
        snapshot.begin(barrier, alignmentNanos);
    }

    private int headId() {
        return positions.get(0).node().id();
    }

    void completed(Barrier barrier) {
        snapshot.completed(barrier.checkpoint());
        if (barrier.kind().commits()) {
            functions.completed(barrier.checkpoint());
            intake.completed(barrier.checkpoint());
            for (ChainPosition position : positions) {
                if (position.operator() instanceof Checkpointed operator) {
                    operator.completed(barrier.checkpoint());
                }
            }
        }
    }

    /** A checkpoint will never be complete. */
    void aborted(long checkpoint) {
        snapshot.aborted(checkpoint);
        functions.aborted(checkpoint);
        intake.giveUp(checkpoint);
    }

    /** Tells the whole chain that nothing follows. From then on only operators with something left to do are timed. */
    void end() {
        head.endOfInput();
        timeUnfinished();
    }

    /** The job ends here: nothing is taken, nothing fires, and only what is to be committed is left to do. */
    void stop() {
        stopped = true;
        for (ChainPosition position : positions) {
            Operator operator = position.operator();
            if (operator != null) {
                operator.stopped();
            }
        }
        timeUnfinished();
    }

    private void timeUnfinished() {
        List<Timed> unfinished = new ArrayList<>();
        for (ChainPosition position : positions) {
            if (position.operator() instanceof Timed operator && !position.isFinished()) {
                unfinished.add(operator);
            }
        }
        timed.clear();
        timed.addAll(unfinished);
    }

    /** After {@link #end} or {@link #stop}: whether everything is handed over and finished. */
    boolean isDone() {
        outputs.flush();
        if (!outputs.isEmpty() || (!stopped && !intake.isReleased())) {
            return false;
        }
        for (ChainPosition position : positions) {
            if (!position.isFinished()) {
                return false;
            }
        }
        return true;
    }

    /** Sets where user code waits that emits far more than there is room for. */
    public void relieveBy(Relief relief) {
        brake.setRelief(relief);
    }

    /** Frees what a chain took that no task will run. Any thread that owns it. */
    public void discard() {
        close();
    }

    /** Closes everything once, in the chain's direction. @return the first failure, or null */
    @Nullable
    Throwable close() {
        if (closed) {
            return null;
        }
        closed = true;
        Throwable failure = null;
        for (int i = opened - 1; i >= 0; i--) {
            failure = attempt(lifecycles.get(i)::close, failure);
        }
        for (Runnable release : releases) {
            failure = attempt(release, failure);
        }
        return attempt(outputs::close, failure);
    }

    private static @Nullable Throwable attempt(Runnable closing, @Nullable Throwable earlier) {
        try {
            closing.run();
            return earlier;
        } catch (Throwable thrown) {
            if (earlier != null && earlier != thrown) {
                earlier.addSuppressed(thrown);
                return earlier;
            }
            return thrown;
        }
    }

    TaskStatistics statistics(SubtaskId id, String name, long busyNanos) {
        return new TaskStatistics(
                id,
                name,
                intake.records(),
                outputs.records(),
                intake.bytes(),
                outputs.bytes(),
                busyNanos,
                time.blockedNanos(),
                intake.watermark(),
                ChainPosition.statistics(positions, intake.records()));
    }
}

package io.millrace.taskmanager.runtime.source;

import io.millrace.api.eventtime.WatermarkStrategy;
import io.millrace.api.source.InputStatus;
import io.millrace.api.source.SimpleVersionedSerializer;
import io.millrace.api.source.Source;
import io.millrace.api.source.SourceReader;
import io.millrace.api.source.SourceSplit;
import io.millrace.common.core.concurrent.Signal;
import io.millrace.common.core.error.Check;
import io.millrace.common.core.error.Problem;
import io.millrace.common.graph.snapshot.CheckpointKind;
import io.millrace.common.graph.snapshot.PartKind;
import io.millrace.taskmanager.runtime.exchange.InputChannel;
import io.millrace.taskmanager.runtime.operator.Intake;
import io.millrace.taskmanager.runtime.operator.StepBudget;
import io.millrace.taskmanager.runtime.operator.TaskTime;
import io.millrace.taskmanager.runtime.operator.Timed;
import io.millrace.taskmanager.runtime.snapshot.PartCollector;
import io.millrace.taskmanager.runtime.snapshot.RestoredOperator;
import io.millrace.taskmanager.runtime.snapshot.VersionedStates;
import io.millrace.taskmanager.runtime.stream.Barrier;
import io.millrace.taskmanager.runtime.stream.BarrierHandler;
import io.millrace.taskmanager.runtime.stream.Brake;
import io.millrace.taskmanager.runtime.stream.OperatorScope;
import io.millrace.taskmanager.runtime.stream.Output;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Feeds a chain from a source's reader. Splits come in band from the enumerator; the reader's requests go back to it.
 */
public final class SourceIntake implements Intake, Timed {
    private final OperatorScope scope;
    private final Source<Object, SourceSplit, ?> source;
    private final AssignmentFeed assignments;
    private final RestoredOperator restored;
    private final Signal signal;
    private final Brake brake;
    private final TaskTime time;
    private final SourceEvents events;
    private final ReaderOutputs outputs;
    private final SimpleVersionedSerializer<SourceSplit> splitSerializer;
    private final WakeUps wakeUps = new WakeUps();
    private final ReaderContext context;
    private final long watermarkIntervalNanos;

    private @Nullable SourceReader<Object, SourceSplit> reader;
    private long nextEmitNanos = Long.MAX_VALUE;
    /** What completes when the reader has something again; null while it has. */
    private @Nullable CompletableFuture<Void> awaited;

    private boolean ended;

    /**
     * @param assignments the channel from the enumerator
     * @param out the chain
     */
    public SourceIntake(
            SourceTask task,
            Source<Object, SourceSplit, ?> source,
            WatermarkStrategy<Object> strategy,
            InputChannel assignments,
            Output out) {
        this.scope = task.scope();
        this.source = source;
        this.assignments = new AssignmentFeed(assignments, task.brake());
        this.restored = task.restored();
        this.signal = task.signal();
        this.brake = task.brake();
        this.time = task.time();
        this.events = new SourceEvents(task.code());
        this.watermarkIntervalNanos = task.watermarkIntervalNanos();
        this.outputs = new ReaderOutputs(out, strategy, time.activityClock(), brake, restored.watermark());
        this.splitSerializer = source.getSplitSerializer();
        this.context = new ReaderContext(task.environment(), task.configuration(), time, wakeUps, assignments, events);
    }

    @Override
    public void open() {
        try {
            reader = source.createReader(context);
        } catch (Throwable thrown) {
            throw scope.failed(thrown);
        }
    }

    @Override
    public void start(BarrierHandler handler) {
        assignments.start((code, alignmentNanos) -> onBarrier(handler, code, alignmentNanos));
        assignments.channel().sendBack(ReaderEvent.REGISTER.encode());
        nextEmitNanos = watermarkIntervalNanos > 0 ? time.nanos() + watermarkIntervalNanos : Long.MAX_VALUE;
        try {
            restoreSplits(reader());
            reader().start();
        } catch (Throwable thrown) {
            throw scope.failed(thrown);
        }
    }

    /** A split that was being read holds the watermark where it did, although nothing is read of it yet. */
    private void restoreSplits(SourceReader<Object, SourceSplit> into) throws Exception {
        List<SourceSplit> splits = restored.share(PartKind.SPLITS, splitSerializer);
        outputs.restore(restored, splits.stream().map(SourceSplit::splitId).toList());
        if (!splits.isEmpty()) {
            into.addSplits(splits);
        }
    }

    /** What drains a source ends it just there: its barrier passes behind all that the end brings forth. */
    private void onBarrier(BarrierHandler handler, long code, long alignmentNanos) {
        if (Barrier.of(code).kind() != CheckpointKind.DRAIN) {
            handler.onBarrier(code, alignmentNanos);
        } else if (!ended) {
            ended = true;
            outputs.end();
        }
    }

    @Override
    public void announce(long barrier) {
        assignments.announce(barrier);
    }

    @Override
    public void snapshot(PartCollector parts, long checkpoint) {
        try {
            List<SourceSplit> splits = reader().snapshotState(checkpoint);
            parts.add(PartKind.SPLITS, splits.size(), VersionedStates.encode(splitSerializer, splits));
        } catch (Throwable thrown) {
            throw scope.failed(thrown);
        }
        parts.add(PartKind.EVENT_TIME, 1, outputs.eventTimes().encode());
    }

    @Override
    public void completed(long checkpoint) {
        try {
            reader().notifyCheckpointComplete(checkpoint);
        } catch (Throwable thrown) {
            throw scope.failed(thrown);
        }
    }

    @Override
    public void giveUp(long checkpoint) {
        assignments.giveUp(checkpoint);
    }

    @Override
    public int step() {
        int work = assignments.take(this::take);
        if (assignments.isHeld() || ended || !isAvailable()) {
            return work;
        }
        try {
            return work + poll(reader());
        } catch (Throwable thrown) {
            throw scope.failed(thrown);
        }
    }

    private boolean isAvailable() {
        CompletableFuture<Void> future = awaited;
        if (future == null) {
            return true;
        }
        if (!future.isDone()) {
            return false;
        }
        awaited = null;
        return true;
    }

    private int poll(SourceReader<Object, SourceSplit> polled) throws Exception {
        StepBudget budget = time.budget();
        int polls = 0;
        while (!brake.isOn() && !budget.isOver()) {
            long before = outputs.records();
            InputStatus status = polled.pollNext(outputs);
            budget.spend((int) (1 + outputs.records() - before));
            polls++;
            if (status == InputStatus.END_OF_INPUT) {
                ended = true;
                outputs.end();
                assignments.channel().sendBack(ReaderEvent.ENDED.encode());
                return polls;
            }
            if (status == InputStatus.NOTHING_AVAILABLE) {
                return polls - (await(polled.isAvailable()) ? 1 : 0);
            }
        }
        return polls;
    }

    /** @return false if the reader has something already: it is to be polled again, and at once */
    private boolean await(CompletableFuture<Void> future) {
        if (future.isDone()) {
            return false;
        }
        awaited = future;
        CompletableFuture<Void> unused = future.whenComplete((done, failure) -> signal.wake());
        return true;
    }

    private void take(EnumeratorMessage message) {
        if (ended) {
            return;
        }
        SourceReader<Object, SourceSplit> target = reader();
        try {
            if (message instanceof EnumeratorMessage.Assignment assignment) {
                SourceSplit split = splitSerializer.deserialize(
                        assignment.version(), assignment.split().array());
                target.addSplits(List.of(split));
            } else if (message instanceof EnumeratorMessage.Event event) {
                target.handleSourceEvents(events.decode(event.event().array()));
            } else {
                target.notifyNoMoreSplits();
            }
        } catch (Throwable thrown) {
            throw scope.failed(thrown);
        }
        awaited = null;
    }

    private SourceReader<Object, SourceSplit> reader() {
        Check.invariant(reader != null, "a reader is created before it is used");
        return reader;
    }

    @Override
    public long nextDeadlineNanos() {
        return ended ? Long.MAX_VALUE : Math.min(nextEmitNanos, wakeUps.nextNanos());
    }

    @Override
    public void onDeadline() {
        long now = time.nanos();
        wakeUps.complete(now);
        if (now >= nextEmitNanos) {
            nextEmitNanos = now + watermarkIntervalNanos;
            try {
                outputs.onPeriodicEmit();
            } catch (Throwable thrown) {
                throw scope.failed(thrown);
            }
        }
    }

    @Override
    public boolean isEnded() {
        return ended;
    }

    @Override
    public boolean isReleased() {
        return assignments.isReleased();
    }

    @Override
    public @Nullable Problem failure() {
        return assignments.failure();
    }

    @Override
    public long records() {
        return outputs.records();
    }

    @Override
    public long bytes() {
        return assignments.bytes();
    }

    @Override
    public long watermark() {
        return outputs.watermark();
    }

    @Override
    public void close() {
        SourceReader<Object, SourceSplit> opened = reader;
        if (opened != null) {
            reader = null;
            try {
                opened.close();
            } catch (Throwable thrown) {
                throw scope.failed(thrown);
            }
        }
    }
}

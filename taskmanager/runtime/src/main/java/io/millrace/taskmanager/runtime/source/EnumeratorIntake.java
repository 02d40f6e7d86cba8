package io.millrace.taskmanager.runtime.source;

import io.millrace.api.source.Source;
import io.millrace.api.source.SourceSplit;
import io.millrace.api.source.SplitEnumerator;
import io.millrace.common.core.error.Check;
import io.millrace.common.core.error.Problem;
import io.millrace.common.graph.snapshot.PartKind;
import io.millrace.taskmanager.runtime.exchange.BarrierAligner;
import io.millrace.taskmanager.runtime.exchange.OutputChannel;
import io.millrace.taskmanager.runtime.operator.Intake;
import io.millrace.taskmanager.runtime.operator.Timed;
import io.millrace.taskmanager.runtime.snapshot.PartCollector;
import io.millrace.taskmanager.runtime.snapshot.VersionedStates;
import io.millrace.taskmanager.runtime.stream.BarrierHandler;
import io.millrace.taskmanager.runtime.stream.Output;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs a source's split enumerator as a task of its own: readers' requests arrive on the back channels of the
 * assignment exchange, assignments leave in band. It ends when every reader was told that no splits follow, or is at
 * its end.
 */
public final class EnumeratorIntake implements Intake, Timed {
    private static final int EVENTS_PER_STEP = 256;

    private final SourceTask task;
    private final Source<Object, SourceSplit, ?> source;
    private final List<OutputChannel> readers;
    private final AsyncCalls calls;
    private final SourceEvents events;
    private final EnumeratorContext context;
    private @Nullable SplitEnumerator<SourceSplit, ?> enumerator;

    private BarrierHandler barriers = (number, alignmentNanos) -> {};
    /** Nobody brings an enumerator its barriers: they are announced. */
    private final BarrierAligner aligner = new BarrierAligner(0, true);

    /**
     * @param out the assignment exchange
     * @param readers its channels, in order of the readers' subtasks
     */
    public EnumeratorIntake(
            SourceTask task, Source<Object, SourceSplit, ?> source, Output out, List<OutputChannel> readers) {
        this.task = task;
        this.source = source;
        this.readers = List.copyOf(readers);
        this.calls = new AsyncCalls(task);
        this.events = new SourceEvents(task.code());
        this.context = new EnumeratorContext(task, out, readers.size(), source.getSplitSerializer(), calls, events);
    }

    @Override
    public void open() {
        try {
            enumerator = create(source);
        } catch (Throwable thrown) {
            throw task.scope().failed(thrown);
        }
    }

    private <C> SplitEnumerator<SourceSplit, ?> create(Source<Object, SourceSplit, C> from) throws Exception {
        if (!task.restored().has(PartKind.ENUMERATOR)) {
            return from.createEnumerator(context);
        }
        List<C> states = task.restored().share(PartKind.ENUMERATOR, from.getEnumeratorCheckpointSerializer());
        return states.isEmpty() ? from.createEnumerator(context) : from.restoreEnumerator(context, states.get(0));
    }

    @Override
    public void start(BarrierHandler handler) {
        barriers = handler;
        try {
            enumerator().start();
        } catch (Throwable thrown) {
            throw task.scope().failed(thrown);
        }
    }

    @Override
    public void announce(long barrier) {
        aligner.announced(barrier);
    }

    @Override
    public void snapshot(PartCollector parts, long barrier) {
        try {
            parts.add(PartKind.ENUMERATOR, 1, state(source, barrier));
        } catch (Throwable thrown) {
            throw task.scope().failed(thrown);
        }
    }

    @SuppressWarnings("unchecked") // the enumerator is the source's own
    private <C> ByteBuffer state(Source<Object, SourceSplit, C> from, long barrier) throws Exception {
        C state = ((SplitEnumerator<SourceSplit, C>) enumerator()).snapshotState(barrier);
        return VersionedStates.encode(from.getEnumeratorCheckpointSerializer(), List.of(state));
    }

    @Override
    public void giveUp(long checkpoint) {
        aligner.giveUp(checkpoint);
    }

    /** What was assigned before is in front of the barrier on every channel, and nothing else is. */
    private int passBarrier() {
        if (!aligner.isAligned() || !task.brake().letsBarriersPass()) {
            return 0;
        }
        barriers.onBarrier(aligner.release(), 0);
        return 1;
    }

    @Override
    public int step() {
        int passing = passBarrier();
        if (task.brake().isHeld()) {
            return passing;
        }
        try {
            int work = passing + calls.runArrived();
            for (int reader = 0; reader < readers.size() && !task.brake().isOn(); reader++) {
                work += takeEvents(reader);
            }
            return work;
        } catch (Throwable thrown) {
            throw task.scope().failed(thrown);
        }
    }

    private int takeEvents(int reader) {
        int taken = 0;
        byte[] event;
        while (taken < EVENTS_PER_STEP && (event = readers.get(reader).pollBackEvent()) != null) {
            take(reader, event);
            taken++;
        }
        return taken;
    }

    private void take(int reader, byte[] event) {
        switch (ReaderEvent.kindOf(event)) {
            case REGISTER -> {
                context.register(reader);
                enumerator().addReader(reader);
            }
            case REQUEST_SPLIT -> enumerator().handleSplitRequest(reader, null);
            case SOURCE_EVENT -> enumerator().handleSourceEvent(reader, events.decode(ReaderEvent.payloadOf(event)));
            case ENDED -> context.markServed(reader);
        }
    }

    private SplitEnumerator<SourceSplit, ?> enumerator() {
        Check.invariant(enumerator != null, "an enumerator is created before it is used");
        return enumerator;
    }

    @Override
    public long nextDeadlineNanos() {
        return isEnded() ? Long.MAX_VALUE : calls.nextNanos();
    }

    @Override
    public void onDeadline() {
        calls.beginDue();
    }

    @Override
    public boolean isEnded() {
        return context.allServed();
    }

    @Override
    public boolean isReleased() {
        return true;
    }

    @Override
    public @Nullable Problem failure() {
        return null;
    }

    @Override
    public long records() {
        return 0;
    }

    @Override
    public long bytes() {
        return 0;
    }

    @Override
    public long watermark() {
        return Long.MIN_VALUE;
    }

    @Override
    public void close() {
        SplitEnumerator<SourceSplit, ?> opened = enumerator;
        if (opened != null) {
            enumerator = null;
            try {
                opened.close();
            } catch (Throwable thrown) {
                throw task.scope().failed(thrown);
            }
        }
    }
}

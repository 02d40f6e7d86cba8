package io.millrace.taskmanager.runtime.sink;

import io.millrace.api.sink.Committer;
import io.millrace.api.sink.CommittingSinkWriter;
import io.millrace.api.sink.Sink;
import io.millrace.api.sink.SinkWriter;
import io.millrace.api.sink.StatefulSinkWriter;
import io.millrace.api.sink.SupportsCommitter;
import io.millrace.api.sink.SupportsWriterState;
import io.millrace.api.source.SimpleVersionedSerializer;
import io.millrace.common.core.error.Check;
import io.millrace.common.graph.snapshot.PartKind;
import io.millrace.taskmanager.runtime.exchange.Outlet;
import io.millrace.taskmanager.runtime.operator.Checkpointed;
import io.millrace.taskmanager.runtime.operator.Lifecycle;
import io.millrace.taskmanager.runtime.operator.Operator;
import io.millrace.taskmanager.runtime.operator.TaskTime;
import io.millrace.taskmanager.runtime.operator.Timed;
import io.millrace.taskmanager.runtime.snapshot.PartCollector;
import io.millrace.taskmanager.runtime.snapshot.RestoredOperator;
import io.millrace.taskmanager.runtime.snapshot.VersionedStates;
import io.millrace.taskmanager.runtime.stream.Discard;
import io.millrace.taskmanager.runtime.stream.OperatorScope;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes elements to a sink. What the writer prepares at a barrier is committed when its checkpoint is complete; where
 * no checkpoints are taken it prepares and commits every second. At the end of input the task waits until everything is
 * committed.
 */
public final class SinkOperator extends Operator implements Lifecycle, Timed, Checkpointed, SinkWriter.Context {
    private static final long TICK_NANOS = 100_000_000;
    private static final int TICKS_PER_FLUSH = 10;

    private final Sink<Object> sink;
    private final TaskTime time;
    private final RestoredOperator restored;
    private final boolean checkpointed;
    private final WriterContext context;
    private final CollectOutlet outlet;

    private @Nullable SinkWriter<Object> writer;
    private @Nullable CommitQueue commits;
    private long timestamp = NO_TIMESTAMP;
    private long watermark = Long.MIN_VALUE;
    private long nextTickNanos = Long.MAX_VALUE;
    private int ticks;
    private boolean written;
    private boolean ended;

    public SinkOperator(OperatorScope scope, Sink<Object> sink, SinkTask task) {
        super(scope, Discard.INSTANCE, Discard.INSTANCE);
        this.sink = sink;
        this.time = task.time();
        this.restored = task.restored();
        this.checkpointed = task.environment().checkpointing().isOn();
        this.outlet = new CollectOutlet(task.brake());
        this.context = new WriterContext(task.environment(), task.time(), task.destination());
    }

    /** Where collected results leave through. */
    public Outlet outlet() {
        return outlet;
    }

    @Override
    @SuppressWarnings("unchecked") // a plan's sink, writer and committer were compiled against each other
    public void open() {
        try {
            if (sink instanceof SupportsCommitter<?> committing) {
                commits = new CommitQueue(scope, (Committer<Object>) committing.createCommitter(context));
                if (restored.has(PartKind.COMMITTABLES)) {
                    commits.addReleased(restored.share(PartKind.COMMITTABLES, committing.getCommittableSerializer()));
                    commits.commit();
                }
            }
            writer = createWriter();
        } catch (Throwable thrown) {
            throw scope.failed(thrown);
        }
        outlet.watch(context.results());
        nextTickNanos = time.nanos() + TICK_NANOS;
    }

    @SuppressWarnings("unchecked") // a sink's writers take what it restores
    private SinkWriter<Object> createWriter() throws IOException {
        if (sink instanceof SupportsWriterState<?, ?> stateful
                && context.getRestoredCheckpointId().isPresent()) {
            SupportsWriterState<Object, Object> restoring = (SupportsWriterState<Object, Object>) stateful;
            return restoring.restoreWriter(
                    context, restored.share(PartKind.WRITER, restoring.getWriterStateSerializer()));
        }
        return sink.createWriter(context);
    }

    @Override
    public long restoreWatermark(long restoredWatermark) {
        watermark = restoredWatermark;
        return restoredWatermark;
    }

    @Override
    public void snapshot(PartCollector parts, long checkpoint) {
        try {
            if (!ended) {
                writer().flush(false);
                prepareCommit();
            }
            written = false;
            saveWriter(parts, checkpoint);
            saveCommittables(parts, checkpoint);
        } catch (Throwable thrown) {
            throw scope.failed(thrown);
        }
    }

    @SuppressWarnings("unchecked") // a sink's serializer writes what its writers give
    private void saveWriter(PartCollector parts, long checkpoint) throws IOException {
        if (sink instanceof SupportsWriterState<?, ?> stateful && writer() instanceof StatefulSinkWriter<?, ?> stated) {
            List<Object> states = ((StatefulSinkWriter<Object, Object>) stated).snapshotState(checkpoint);
            SimpleVersionedSerializer<Object> serializer =
                    ((SupportsWriterState<Object, Object>) stateful).getWriterStateSerializer();
            parts.add(PartKind.WRITER, states.size(), VersionedStates.encode(serializer, states));
        }
    }

    @SuppressWarnings("unchecked") // a sink's serializer writes what its writers prepare
    private void saveCommittables(PartCollector parts, long checkpoint) throws IOException {
        if (commits != null && sink instanceof SupportsCommitter<?> committing) {
            List<Object> saved = commits.save(checkpoint);
            if (!saved.isEmpty()) {
                SimpleVersionedSerializer<Object> serializer =
                        ((SupportsCommitter<Object>) committing).getCommittableSerializer();
                parts.add(PartKind.COMMITTABLES, saved.size(), VersionedStates.encode(serializer, saved));
            }
        }
    }

    @Override
    public void completed(long checkpoint) {
        if (commits != null) {
            try {
                commits.release(checkpoint);
                commits.commit();
            } catch (Throwable thrown) {
                throw scope.failed(thrown);
            }
        }
    }

    @Override
    public void element(@Nullable Object value, long elementTimestamp) {
        if (value == null) {
            throw scope.nullRecord("received");
        }
        timestamp = elementTimestamp;
        written = true;
        try {
            writer().write(value, this);
        } catch (Throwable thrown) {
            throw scope.failed(thrown);
        }
        outlet.afterWrite();
    }

    @Override
    public void watermark(long newWatermark) {
        watermark = newWatermark;
    }

    @Override
    public void endOfInput() {
        ended = true;
        try {
            writer().flush(true);
            prepareCommit();
            if (commits != null) {
                commits.commit();
            }
        } catch (Throwable thrown) {
            throw scope.failed(thrown);
        }
    }

    /** What was written is prepared, and part of the savepoint; it only has to be committed. */
    @Override
    public void stopped() {
        ended = true;
    }

    @Override
    public boolean isFinished() {
        return ended && (commits == null || commits.isEmpty());
    }

    @Override
    public long nextDeadlineNanos() {
        return nextTickNanos;
    }

    @Override
    public void onDeadline() {
        nextTickNanos = time.nanos() + TICK_NANOS;
        try {
            if (!ended) {
                writer().onTick(time.processingTime());
            }
            if (++ticks == TICKS_PER_FLUSH) {
                ticks = 0;
                flush();
            }
        } catch (Throwable thrown) {
            throw scope.failed(thrown);
        }
    }

    private void flush() throws Exception {
        boolean due = written || commits != null;
        if (!ended && due && !(checkpointed && commits != null)) {
            written = false;
            writer().flush(false);
            prepareCommit();
        }
        if (commits != null) {
            commits.commit();
        }
    }

    private void prepareCommit() throws Exception {
        if (commits != null && writer() instanceof CommittingSinkWriter<?, ?> committing) {
            if (checkpointed) {
                commits.add(committing.prepareCommit());
            } else {
                commits.addReleased(committing.prepareCommit());
            }
        }
    }

    private SinkWriter<Object> writer() {
        Check.invariant(writer != null, "a writer is created before it is used");
        return writer;
    }

    @Override
    public long currentWatermark() {
        return watermark;
    }

    @Override
    public @Nullable Long timestamp() {
        return timestamp == NO_TIMESTAMP ? null : (Long) timestamp;
    }

    @Override
    public void close() {
        SinkWriter<Object> openedWriter = writer;
        CommitQueue openedCommits = commits;
        writer = null;
        commits = null;
        try {
            if (openedWriter != null) {
                openedWriter.close();
            }
            if (openedCommits != null) {
                openedCommits.close();
            }
        } catch (Throwable thrown) {
            throw scope.failed(thrown);
        } finally {
            context.close();
        }
    }
}

package io.millrace.taskmanager.runtime.sink;

import io.millrace.api.sink.Committer;
import io.millrace.api.sink.CommittingSinkWriter;
import io.millrace.api.sink.Sink;
import io.millrace.api.sink.SinkWriter;
import io.millrace.api.sink.SupportsCommitter;
import io.millrace.common.core.error.Check;
import io.millrace.taskmanager.runtime.exchange.Outlet;
import io.millrace.taskmanager.runtime.operator.Lifecycle;
import io.millrace.taskmanager.runtime.operator.Operator;
import io.millrace.taskmanager.runtime.operator.TaskEnvironment;
import io.millrace.taskmanager.runtime.operator.TaskTime;
import io.millrace.taskmanager.runtime.operator.Timed;
import io.millrace.taskmanager.runtime.stream.Brake;
import io.millrace.taskmanager.runtime.stream.Discard;
import io.millrace.taskmanager.runtime.stream.OperatorScope;
import org.jspecify.annotations.Nullable;

/**
 * Writes elements to a sink. Every second it flushes the writer and commits what the writer prepared: the rhythm that
 * checkpoints will give it later. At the end of input the task waits until everything is committed.
 */
public final class SinkOperator extends Operator implements Lifecycle, Timed, SinkWriter.Context {
    private static final long TICK_NANOS = 100_000_000;
    private static final int TICKS_PER_FLUSH = 10;

    private final Sink<Object> sink;
    private final TaskTime time;
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

    /** @param destination where printed lines and collected results go */
    public SinkOperator(
            OperatorScope scope,
            Sink<Object> sink,
            TaskTime time,
            Brake brake,
            TaskEnvironment environment,
            SinkDestination destination) {
        super(scope, Discard.INSTANCE, Discard.INSTANCE);
        this.sink = sink;
        this.time = time;
        this.outlet = new CollectOutlet(brake);
        this.context = new WriterContext(environment, time, destination);
    }

    /** Where collected results leave through. */
    public Outlet outlet() {
        return outlet;
    }

    @Override
    @SuppressWarnings("unchecked") // a plan's sink, writer and committer were compiled against each other
    public void open() {
        try {
            writer = sink.createWriter(context);
            if (sink instanceof SupportsCommitter<?> committing) {
                commits = new CommitQueue(scope, (Committer<Object>) committing.createCommitter(context));
            }
        } catch (Throwable thrown) {
            throw scope.failed(thrown);
        }
        outlet.watch(context.results());
        nextTickNanos = time.nanos() + TICK_NANOS;
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
        if (!ended && (written || commits != null)) {
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
            commits.add(committing.prepareCommit());
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

package io.millrace.taskmanager.runtime.task;

import io.millrace.common.core.concurrent.Published;
import io.millrace.common.core.error.Check;
import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.taskmanager.runtime.stream.Barrier;
import io.millrace.taskmanager.runtime.stream.Brake;
import io.millrace.taskmanager.runtime.stream.Firing;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of one subtask, from its deployment to its end. Stepped by its slot; every method but {@link #statistics}
 * is for the slot's thread. A step ends as soon as the brake is on, so what one element or timer emits beyond an
 * output's room is all that ever waits.
 */
public final class Task {
    private static final long STATISTICS_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final SubtaskId id;
    private final String name;
    private final TaskListener listener;
    private final Published<TaskStatistics> statistics;

    private TaskState state = TaskState.CREATED;
    private @Nullable Chain chain;
    private @Nullable TaskCheckpoints checkpoints;
    /** Whether the chain was told that nothing follows. */
    private boolean ended;

    private long busyNanos;
    private long nextStatisticsNanos = Long.MIN_VALUE;

    /** @param name for people: vertex and subtask */
    public Task(SubtaskId id, String name, TaskListener listener) {
        this.id = id;
        this.name = name;
        this.listener = listener;
        this.statistics = new Published<>(TaskStatistics.none(id, name));
    }

    public SubtaskId id() {
        return id;
    }

    public String name() {
        return name;
    }

    public TaskState state() {
        return state;
    }

    /** What the task did so far, at most a tenth of a second old while it runs. Any thread. */
    public TaskStatistics statistics() {
        return statistics.read();
    }

    /** Takes the chain that was built for it. */
    public void deployed(Chain built) {
        chain = built;
        checkpoints = new TaskCheckpoints(id, built, listener);
        if (state == TaskState.CANCELING) {
            endCancel();
        } else {
            enter(TaskState.DEPLOYED);
        }
    }

    /** Its chain could not be built. */
    public void notDeployed(Throwable failure) {
        if (state == TaskState.CANCELING) {
            endCancel();
        } else {
            fail(failure);
        }
    }

    /** Opens the functions and begins. */
    public void start(long nowNanos) {
        if (state != TaskState.DEPLOYED) {
            return;
        }
        try {
            chain().time().advance(nowNanos);
            chain().open();
            chain().restoreWatermarks();
            if (chain().endsAtOnce()) {
                checkpoints().stop();
            } else {
                chain().restoreUnderWay();
                chain().intake().start(checkpoints()::pass);
            }
            failIfSwallowed();
            enter(TaskState.RUNNING);
        } catch (Throwable thrown) {
            fail(thrown);
        }
    }

    /** Closes everything, whatever state it is in. A chain that is still being built is closed when it is there. */
    public void cancel() {
        if (state.isTerminal() || state == TaskState.CANCELING) {
            return;
        }
        boolean building = state == TaskState.CREATED;
        enter(TaskState.CANCELING);
        if (!building) {
            endCancel();
        }
    }

    private void endCancel() {
        if (chain != null) {
            // What fails while a cancelled task is closed has no consequences left.
            chain.close();
        }
        publishFinalStatistics();
        enter(TaskState.CANCELED);
    }

    /**
     * A barrier was sent on its way to all tasks of the job. A task that no channel can bring it to lets it pass with
     * its next step; every other one waits for its channels.
     */
    public void announce(Barrier barrier) {
        guarded(() -> {
            if (ended) {
                checkpoints().pass(barrier.code(), 0);
            } else {
                checkpoints().announced(barrier);
                chain().intake().announce(barrier.code());
            }
        });
    }

    /** A checkpoint was given up: inputs that wait for its barrier or an earlier one wait no longer. */
    public void giveUp(long checkpoint) {
        guarded(() -> checkpoints().aborted(checkpoint));
    }

    /** A checkpoint that the task took part in will be there whatever happens. */
    public void completed(Barrier barrier) {
        guarded(() -> checkpoints().completed(barrier));
    }

    private void guarded(Runnable action) {
        if (state != TaskState.RUNNING) {
            return;
        }
        try {
            action.run();
        } catch (Throwable thrown) {
            fail(thrown);
        }
    }

    /** Does a bounded amount of work. @return how much */
    public int step(long nowNanos) {
        if (state != TaskState.RUNNING) {
            return 0;
        }
        try {
            int work = advance(chain(), nowNanos);
            failIfSwallowed();
            publishStatistics(nowNanos);
            return work;
        } catch (Throwable thrown) {
            fail(thrown);
            return 1;
        }
    }

    private int advance(Chain running, long nowNanos) {
        Brake brake = running.brake();
        running.time().advance(nowNanos);
        int work = brake.isOutputBlocked() && running.outputs().drain() ? 1 : 0;
        work += checkpoints().write();
        work += resumeFiring(brake);
        work += running.runDue(nowNanos);
        if (!checkpoints().isStopped()) {
            work += takeInput(running);
        }
        running.time().setBlocked(brake.isOutputBlocked() || brake.isHeld());
        // Where the job is being stopped others may end first, which is no failure.
        if (work == 0 && !brake.isHeld()) {
            failIfBroken(running);
        }
        if ((ended || checkpoints().isStopped()) && checkpoints().mayFinish() && running.isDone()) {
            finish(running);
            return 1;
        }
        return work;
    }

    private int takeInput(Chain running) {
        if (ended) {
            boolean quiet = running.intake().isReleased() && running.intake().capturing() == 0;
            return quiet ? 0 : running.intake().step();
        }
        int work = running.intake().step();
        if (running.intake().isEnded() && !running.brake().isOn()) {
            ended = true;
            running.end();
            work++;
            checkpoints().end();
        }
        return work;
    }

    private static int resumeFiring(Brake brake) {
        if (brake.isOutputBlocked()) {
            return 0;
        }
        Firing open = brake.takeFiring();
        if (open == null) {
            return 0;
        }
        if (!open.resume()) {
            brake.open(open);
        }
        return 1;
    }

    private static void failIfBroken(Chain running) {
        Problem problem = running.intake().failure();
        if (problem == null) {
            problem = running.outputs().failure();
        }
        if (problem != null) {
            throw problem.asException();
        }
    }

    private void failIfSwallowed() {
        if (chain != null && chain.brake().failure() != null) {
            throw chain.brake().failure();
        }
    }

    private void finish(Chain running) {
        Throwable failure = running.close();
        if (failure != null) {
            throw new FailedOnClose(failure);
        }
        publishFinalStatistics();
        enter(TaskState.FINISHED);
    }

    private void fail(Throwable thrown) {
        Throwable cause = thrown instanceof FailedOnClose closing ? closing.failure : thrown;
        if (chain != null) {
            if (chain.brake().failure() != null) {
                cause = chain.brake().failure();
            }
            Throwable onClose = chain.close();
            if (onClose != null && onClose != cause) {
                cause.addSuppressed(onClose);
            }
        }
        publishFinalStatistics();
        state = state.to(TaskState.FAILED);
        listener.onFailed(id, TaskFailure.of(name, cause), statistics.read());
    }

    /** Hands over everything that is open. @return whether anything went out */
    public boolean flush() {
        if (state != TaskState.RUNNING) {
            return false;
        }
        try {
            return chain().outputs().flush();
        } catch (Throwable thrown) {
            fail(thrown);
            return true;
        }
    }

    /** Whether {@link #flush} has something to look at. */
    public boolean isOpen() {
        return state == TaskState.RUNNING && !chain().outputs().isEmpty();
    }

    /**
     * Inside of a step, while user code emits: hands over what waits for room.
     *
     * @return whether nothing waits any more
     * @throws MillraceException if no room will ever come
     */
    public boolean makeRoom(long nowNanos) {
        Chain running = chain();
        failIfSwallowed();
        running.outputs().drain();
        if (!running.brake().isOutputBlocked()) {
            return true;
        }
        Problem broken = running.outputs().failure();
        if (broken != null) {
            throw stop(broken);
        }
        publishStatistics(nowNanos);
        return false;
    }

    /** Inside of a step: fails the task even if user code swallows the exception. @return the exception to throw */
    public MillraceException stop(Problem why) {
        return chain().brake().fail(why.asException());
    }

    /** Inside of a step: says how long user code waited for room. */
    public void addParked(long nanos) {
        chain().time().addParked(nanos);
    }

    /** When the task wants to be stepped without being woken, in the host's nanos. */
    public long nextDeadlineNanos() {
        return state == TaskState.RUNNING ? chain().nextDeadlineNanos() : Long.MAX_VALUE;
    }

    /** Says how long the last step took. */
    public void addBusy(long nanos) {
        busyNanos += nanos;
    }

    private void publishStatistics(long nowNanos) {
        if (nowNanos - nextStatisticsNanos >= 0 || nextStatisticsNanos == Long.MIN_VALUE) {
            nextStatisticsNanos = nowNanos + STATISTICS_NANOS;
            statistics.publish(chain().statistics(id, name, busyNanos));
        }
    }

    private void publishFinalStatistics() {
        if (chain != null) {
            statistics.publish(chain.statistics(id, name, busyNanos));
        }
    }

    private Chain chain() {
        Check.invariant(chain != null, "a task is deployed before it runs");
        return chain;
    }

    private TaskCheckpoints checkpoints() {
        Check.invariant(checkpoints != null, "a task is deployed before it runs");
        return checkpoints;
    }

    private void enter(TaskState next) {
        state = state.to(next);
        listener.onState(id, next, statistics.read());
    }

    /** Carries what went wrong when a task that was done was closed. */
    private static final class FailedOnClose extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Throwable failure;

        FailedOnClose(Throwable failure) {
            super(failure);
            this.failure = failure;
        }
    }
}

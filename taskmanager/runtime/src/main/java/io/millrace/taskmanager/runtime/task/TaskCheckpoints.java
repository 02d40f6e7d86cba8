package io.millrace.taskmanager.runtime.task;

import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.graph.snapshot.CheckpointKind;
import io.millrace.taskmanager.runtime.snapshot.TaskSnapshot;
import io.millrace.taskmanager.runtime.stream.Barrier;
import org.jspecify.annotations.Nullable;

/**
 * A task's part in checkpoints: lets barriers pass, has its snapshots written, and knows whether it may finish. Where
 * checkpoints are taken a task that is done with its input waits until one that was taken since is complete: then every
 * later one has what the task was at its end, and a restore does not do its work a second time. Owned by the task.
 */
final class TaskCheckpoints {
    private static final long NONE = Long.MAX_VALUE;

    private final SubtaskId task;
    private final Chain chain;
    private final TaskListener listener;

    /** Code of the last barrier that passed. */
    private long lastBarrier;

    private boolean ended;
    /** The first checkpoint behind the end of the input. */
    private long covering = NONE;

    private boolean covered;

    /** A drain that was announced: its barrier passes when the input has ended. */
    private long drain;
    /** The checkpoint whose barrier holds the task, because the job ends when it is complete. */
    private long stopping = NONE;

    private boolean stopped;

    TaskCheckpoints(SubtaskId task, Chain chain, TaskListener listener) {
        this.task = task;
        this.chain = chain;
        this.listener = listener;
        this.covered = !chain.isCheckpointed();
    }

    /** A barrier is on its way, and the input has not ended. */
    void announced(Barrier barrier) {
        if (barrier.kind() == CheckpointKind.DRAIN) {
            drain = barrier.code();
        }
    }

    /** Behind the end of the input there is nothing to be divided: the end stands for every later barrier. */
    void pass(long code, long alignmentNanos) {
        if (code <= lastBarrier) {
            return;
        }
        lastBarrier = code;
        Barrier barrier = Barrier.of(code);
        if (!ended) {
            chain.outputs().barrier(code);
        } else if (covering == NONE && barrier.kind() != CheckpointKind.SAVEPOINT) {
            covering = barrier.checkpoint();
        }
        finishSnapshot();
        long beginNanos = chain.time().currentNanos();
        chain.beginSnapshot(barrier, alignmentNanos);
        chain.snapshot().setSynchronous(chain.time().currentNanos() - beginNanos);
        if (barrier.kind().stopsJob()) {
            stopping = barrier.checkpoint();
            chain.brake().hold();
        }
        write();
    }

    /** The snapshot of the barrier before is written to its end. */
    private void finishSnapshot() {
        if (chain.snapshot().isOpen()) {
            chain.intake().settle(chain.snapshot().checkpoint());
            give(chain.snapshot().finish());
        }
    }

    /** Writes on at the snapshot that is open. @return whether there was one, as an amount of work */
    int write() {
        if (!chain.snapshot().isWritable()) {
            return 0;
        }
        give(chain.snapshot().proceed());
        return 1;
    }

    private void give(@Nullable TaskSnapshot complete) {
        if (complete != null) {
            listener.onSnapshot(task, complete);
        }
    }

    void completed(Barrier barrier) {
        if (barrier.kind().commits()) {
            covered |= barrier.checkpoint() >= covering;
        }
        chain.completed(barrier);
        if (barrier.kind().stopsJob()) {
            stop();
        }
    }

    /** A savepoint after which the job ends is complete: the task has only to commit what it holds. */
    void stop() {
        stopped = true;
        chain.stop();
    }

    /** A checkpoint was given up. If the job was to end with it, it goes on as if nothing had been. */
    void aborted(long checkpoint) {
        chain.aborted(checkpoint);
        if (drain != 0 && Barrier.checkpointOf(drain) == checkpoint) {
            drain = 0;
        }
        if (stopping == checkpoint && !stopped) {
            stopping = NONE;
            chain.brake().letGo();
        }
    }

    /** Nothing follows on any input. */
    void end() {
        ended = true;
        if (!covered) {
            listener.onEnded(task);
        }
        if (drain != 0) {
            pass(drain, 0);
        }
    }

    boolean isStopped() {
        return stopped;
    }

    boolean mayFinish() {
        return (covered || stopped) && !chain.snapshot().isOpen();
    }
}

package io.millrace.common.graph.gateway;

import io.millrace.common.core.error.Check;
import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.Epoch;
import io.millrace.common.core.id.JobId;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.graph.deployment.SubtaskDeployment;
import io.millrace.common.graph.snapshot.CheckpointKind;
import java.util.List;

/** The JobManager's messages to a TaskManager, in order on one stream. Every command is idempotent. */
public sealed interface ToTaskManager {
    /** Calls the one method of {@code handler} that takes this kind of message. */
    void dispatch(Handler handler);

    /** Has a method for every kind of message, so that a new kind does not compile until each reader takes it. */
    interface Handler {
        void on(Registered message);

        void on(Refused message);

        void on(HeartbeatAck message);

        void on(Deploy message);

        void on(Start message);

        void on(Cancel message);

        void on(Forget message);

        void on(ResultAck message);

        void on(Fenced message);

        void on(Shutdown message);

        void on(TriggerCheckpoint message);

        void on(CheckpointCompleted message);

        void on(CheckpointAborted message);
    }

    /**
     * @param clusterId for the data plane's hello
     * @param heartbeatIntervalMs how often the TaskManager sends a heartbeat
     * @param heartbeatTimeoutMs after what silence each side takes the other for dead
     * @param resultWindow how many result batches per operator and subtask may be unacknowledged
     */
    record Registered(String clusterId, long heartbeatIntervalMs, long heartbeatTimeoutMs, int resultWindow)
            implements ToTaskManager {
        @Override
        public void dispatch(Handler handler) {
            handler.on(this);
        }
    }

    /**
     * The TaskManager cannot be used. Its process ends with this problem if {@code permanent}, else it tries again
     * later.
     */
    record Refused(Problem problem, boolean permanent) implements ToTaskManager {
        @Override
        public void dispatch(Handler handler) {
            handler.on(this);
        }
    }

    record HeartbeatAck(long sequence) implements ToTaskManager {
        @Override
        public void dispatch(Handler handler) {
            handler.on(this);
        }
    }

    /**
     * First phase: create the task, fetch jars, register channels so that they receive, deserialize functions; then
     * report INITIALIZING, or FAILED.
     */
    record Deploy(SubtaskDeployment deployment) implements ToTaskManager {
        @Override
        public void dispatch(Handler handler) {
            handler.on(this);
        }
    }

    /** Second phase, when every subtask of the job is deployed: open and run; report RUNNING. */
    record Start(List<SubtaskId> subtasks) implements ToTaskManager {
        public Start {
            subtasks = List.copyOf(subtasks);
        }

        @Override
        public void dispatch(Handler handler) {
            handler.on(this);
        }
    }

    /**
     * Report CANCELED when nothing is left of the task; an unknown task is reported CANCELED, an ended one as it ended.
     */
    record Cancel(List<SubtaskId> subtasks) implements ToTaskManager {
        public Cancel {
            subtasks = List.copyOf(subtasks);
        }

        @Override
        public void dispatch(Handler handler) {
            handler.on(this);
        }
    }

    /** The end of these tasks is known to the JobManager: no longer report them. */
    record Forget(List<SubtaskId> subtasks) implements ToTaskManager {
        public Forget {
            subtasks = List.copyOf(subtasks);
        }

        @Override
        public void dispatch(Handler handler) {
            handler.on(this);
        }
    }

    /** The client has all batches below {@code nextSequence}. */
    record ResultAck(SubtaskId subtask, int operator, long nextSequence) implements ToTaskManager {
        @Override
        public void dispatch(Handler handler) {
            handler.on(this);
        }
    }

    /** A message carried another epoch than the leader's; it was not applied. */
    record Fenced(Epoch current) implements ToTaskManager {
        @Override
        public void dispatch(Handler handler) {
            handler.on(this);
        }
    }

    /** End the process: it was replaced by a newer incarnation of the same id. */
    record Shutdown(String reason) implements ToTaskManager {
        @Override
        public void dispatch(Handler handler) {
            handler.on(this);
        }
    }

    /**
     * Let a barrier follow the records that the sources have emitted, and have all tasks of the job here take their
     * snapshots. Repeated after a new registration: one that is known is not taken again, but if it was answered the
     * answer is sent again. One of a run that has no tasks here is dropped.
     *
     * @param place below which the names of its files begin, in the form of
     *     {@link io.millrace.common.core.config.StorageLocation}: the job's own, or a savepoint's
     */
    record TriggerCheckpoint(JobId job, int run, long checkpoint, CheckpointKind kind, String place)
            implements ToTaskManager {
        public TriggerCheckpoint {
            Check.argument(run >= 1 && checkpoint >= 1, "Checkpoints and runs count from 1");
            Check.argument(!place.isEmpty(), "A checkpoint has a place");
        }

        @Override
        public void dispatch(Handler handler) {
            handler.on(this);
        }
    }

    /**
     * The checkpoint will be there whatever happens: what waits for it may be committed if its kind commits, and later
     * snapshots may be based on it unless it is a savepoint. Checkpoints before it that are undecided here will never
     * be complete; savepoints may.
     */
    record CheckpointCompleted(JobId job, int run, long checkpoint) implements ToTaskManager {
        public CheckpointCompleted {
            Check.argument(run >= 1 && checkpoint >= 1, "Checkpoints and runs count from 1");
        }

        @Override
        public void dispatch(Handler handler) {
            handler.on(this);
        }
    }

    /**
     * The checkpoint will never be complete. What was snapshotted for it belongs to the next one; files are left to the
     * JobManager.
     */
    record CheckpointAborted(JobId job, int run, long checkpoint, String reason) implements ToTaskManager {
        public CheckpointAborted {
            Check.argument(run >= 1 && checkpoint >= 1, "Checkpoints and runs count from 1");
        }

        @Override
        public void dispatch(Handler handler) {
            handler.on(this);
        }
    }
}

package io.millrace.common.graph.gateway;

import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.Epoch;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.graph.deployment.SubtaskDeployment;
import java.util.List;

/** The JobManager's messages to a TaskManager, in order on one stream. Every command is idempotent. */
public sealed interface ToTaskManager {

    /**
     * @param clusterId for the data plane's hello
     * @param heartbeatIntervalMs how often the TaskManager sends a heartbeat
     * @param heartbeatTimeoutMs after what silence each side takes the other for dead
     * @param resultWindow how many result batches per operator and subtask may be unacknowledged
     */
    record Registered(String clusterId, long heartbeatIntervalMs, long heartbeatTimeoutMs, int resultWindow)
            implements ToTaskManager {}

    /**
     * The TaskManager cannot be used. Its process ends with this problem if {@code permanent}, else it tries again
     * later.
     */
    record Refused(Problem problem, boolean permanent) implements ToTaskManager {}

    record HeartbeatAck(long sequence) implements ToTaskManager {}

    /**
     * First phase: create the task, fetch jars, register channels so that they receive, deserialize functions; then
     * report INITIALIZING, or FAILED.
     */
    record Deploy(SubtaskDeployment deployment) implements ToTaskManager {}

    /** Second phase, when every subtask of the job is deployed: open and run; report RUNNING. */
    record Start(List<SubtaskId> subtasks) implements ToTaskManager {
        public Start {
            subtasks = List.copyOf(subtasks);
        }
    }

    /**
     * Report CANCELED when nothing is left of the task; an unknown task is reported CANCELED, an ended one as it ended.
     */
    record Cancel(List<SubtaskId> subtasks) implements ToTaskManager {
        public Cancel {
            subtasks = List.copyOf(subtasks);
        }
    }

    /** The end of these tasks is known to the JobManager: no longer report them. */
    record Forget(List<SubtaskId> subtasks) implements ToTaskManager {
        public Forget {
            subtasks = List.copyOf(subtasks);
        }
    }

    /** The client has all batches below {@code nextSequence}. */
    record ResultAck(SubtaskId subtask, int operator, long nextSequence) implements ToTaskManager {}

    /** A message carried another epoch than the leader's; it was not applied. */
    record Fenced(Epoch current) implements ToTaskManager {}

    /** End the process: it was replaced by a newer incarnation of the same id. */
    record Shutdown(String reason) implements ToTaskManager {}
}

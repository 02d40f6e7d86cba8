package io.millrace.taskmanager.server.supervisor;

import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.graph.deployment.SubtaskDeployment;
import io.millrace.common.graph.execution.TaskProgress;
import java.util.List;

/**
 * What runs tasks. Calls return at once; each change of a task's state is told by
 * {@link SupervisorEvent.TaskStateChanged}: INITIALIZING when deployed, RUNNING, and in the end FINISHED, CANCELED or
 * FAILED, once nothing is left of the task.
 */
public interface TaskRunner {

    void deploy(SubtaskDeployment deployment, ClassLoader userCode);

    void start(SubtaskId subtask);

    void cancel(SubtaskId subtask);

    /**
     * A task that was deployed has ended: nothing of it or, after its job's last task, of the job's classes may be
     * kept.
     */
    void ended(SubtaskId subtask);

    /** What the tasks have done so far. */
    List<TaskProgress> progress();
}

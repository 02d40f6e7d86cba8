package io.millrace.taskmanager.runtime.task;

import io.millrace.api.functions.JobInfo;
import io.millrace.api.functions.TaskInfo;
import io.millrace.common.graph.deployment.SubtaskDeployment;

/** What a function may know of its job and subtask. */
public record SubtaskNames(SubtaskDeployment deployment) implements TaskInfo, JobInfo {

    /** The name of a subtask for people: {@code Map (2/4)#0}. */
    public static String of(SubtaskDeployment deployment) {
        return new SubtaskNames(deployment).getTaskNameWithSubtasks();
    }

    @Override
    public String getTaskName() {
        return deployment.vertex().name();
    }

    @Override
    public int getMaxNumberOfParallelSubtasks() {
        return deployment.vertex().maxParallelism();
    }

    @Override
    public int getIndexOfThisSubtask() {
        return deployment.id().index();
    }

    @Override
    public int getNumberOfParallelSubtasks() {
        return deployment.vertex().parallelism();
    }

    @Override
    public int getAttemptNumber() {
        return deployment.id().attempt();
    }

    @Override
    public String getTaskNameWithSubtasks() {
        return getTaskName() + " (" + (getIndexOfThisSubtask() + 1) + "/" + getNumberOfParallelSubtasks() + ")#"
                + getAttemptNumber();
    }

    @Override
    public String getJobId() {
        return deployment.id().job().toString();
    }

    @Override
    public String getJobName() {
        return deployment.jobName();
    }
}

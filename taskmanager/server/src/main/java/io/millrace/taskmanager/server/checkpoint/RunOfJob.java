package io.millrace.taskmanager.server.checkpoint;

import io.millrace.common.core.id.JobId;
import io.millrace.common.core.id.SubtaskId;

/** One run of one job: what checkpoints are taken of. */
public record RunOfJob(JobId job, int run) {

    static RunOfJob of(SubtaskId task) {
        return new RunOfJob(task.job(), task.run());
    }

    @Override
    public String toString() {
        return "job=" + job + " run=" + run;
    }
}

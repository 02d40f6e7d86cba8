package io.millrace.api.sink;

import io.millrace.api.functions.JobInfo;
import io.millrace.api.functions.TaskInfo;
import java.util.OptionalLong;

/** What a committer is created with. */
public interface CommitterInitContext {
    TaskInfo getTaskInfo();

    JobInfo getJobInfo();

    /** The checkpoint or savepoint that the job goes on from; empty on a fresh start. */
    OptionalLong getRestoredCheckpointId();
}

package io.millrace.api.sink;

import io.millrace.api.functions.JobInfo;
import io.millrace.api.functions.TaskInfo;

/** What a committer is created with. */
public interface CommitterInitContext {
    TaskInfo getTaskInfo();

    JobInfo getJobInfo();
}

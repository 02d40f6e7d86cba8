package io.millrace.api.sink;

import io.millrace.api.functions.JobInfo;
import io.millrace.api.functions.TaskInfo;

/** What a writer is created with. */
public interface WriterInitContext {
    TaskInfo getTaskInfo();

    JobInfo getJobInfo();

    ClassLoader getUserCodeClassLoader();

    /** Milliseconds since 1970-01-01T00:00Z; in tests it is virtual. */
    long currentTimeMillis();

    /** Where print output goes: the job's output as the client shows it. */
    OutputLines outputLines();

    /** Where collected results go; for {@code executeAndCollect}. */
    CollectedResults collectedResults();
}

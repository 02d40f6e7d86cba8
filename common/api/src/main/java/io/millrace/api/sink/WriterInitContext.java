package io.millrace.api.sink;

import io.millrace.api.functions.JobInfo;
import io.millrace.api.functions.TaskInfo;
import java.util.OptionalLong;

/** What a writer is created with. */
public interface WriterInitContext {
    TaskInfo getTaskInfo();

    JobInfo getJobInfo();

    ClassLoader getUserCodeClassLoader();

    /** Milliseconds since 1970-01-01T00:00Z; in tests it is virtual. */
    long currentTimeMillis();

    /** Whether checkpoints are taken: if not, a sink makes its output visible without waiting for one. */
    boolean isCheckpointed();

    /** The checkpoint or savepoint that the job goes on from; empty on a fresh start. */
    OptionalLong getRestoredCheckpointId();

    /** Where print output goes: the job's output as the client shows it. */
    OutputLines outputLines();

    /** Where collected results go; for {@code executeAndCollect}. */
    CollectedResults collectedResults();
}

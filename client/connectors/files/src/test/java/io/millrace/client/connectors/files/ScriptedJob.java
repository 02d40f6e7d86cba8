package io.millrace.client.connectors.files;

import io.millrace.api.functions.JobInfo;
import io.millrace.api.functions.TaskInfo;
import io.millrace.api.sink.CollectedResults;
import io.millrace.api.sink.CommitterInitContext;
import io.millrace.api.sink.OutputLines;
import io.millrace.api.sink.SinkWriter;
import io.millrace.api.sink.WriterInitContext;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The surroundings of one writer and its committer, set by hand. */
record ScriptedJob(String id, int subtask, int parallelism, boolean checkpointed, long restored, List<String> lines)
        implements WriterInitContext, CommitterInitContext, TaskInfo, JobInfo, SinkWriter.Context {

    static final String ID = "0123456789abcdef0123456789abcdef";

    static ScriptedJob fresh(boolean checkpointed) {
        return new ScriptedJob(ID, 0, 1, checkpointed, 0, new ArrayList<>());
    }

    @Override
    public TaskInfo getTaskInfo() {
        return this;
    }

    @Override
    public JobInfo getJobInfo() {
        return this;
    }

    @Override
    public ClassLoader getUserCodeClassLoader() {
        return ScriptedJob.class.getClassLoader();
    }

    @Override
    public long currentTimeMillis() {
        return 0;
    }

    @Override
    public boolean isCheckpointed() {
        return checkpointed;
    }

    @Override
    public OptionalLong getRestoredCheckpointId() {
        return restored == 0 ? OptionalLong.empty() : OptionalLong.of(restored);
    }

    @Override
    public OutputLines outputLines() {
        return (line, error) -> lines.add(error ? "!" + line : line);
    }

    @Override
    public CollectedResults collectedResults() {
        throw new AssertionError("nothing is collected here");
    }

    @Override
    public String getTaskName() {
        return "Files";
    }

    @Override
    public int getMaxNumberOfParallelSubtasks() {
        return 128;
    }

    @Override
    public int getIndexOfThisSubtask() {
        return subtask;
    }

    @Override
    public int getNumberOfParallelSubtasks() {
        return parallelism;
    }

    @Override
    public int getAttemptNumber() {
        return 0;
    }

    @Override
    public String getTaskNameWithSubtasks() {
        return "Files (" + (subtask + 1) + "/" + parallelism + ")#0";
    }

    @Override
    public String getJobId() {
        return id;
    }

    @Override
    public String getJobName() {
        return "job";
    }

    @Override
    public long currentWatermark() {
        return Long.MIN_VALUE;
    }

    @Override
    public @Nullable Long timestamp() {
        return null;
    }
}

package io.millrace.taskmanager.runtime.sink;

import io.millrace.api.functions.JobInfo;
import io.millrace.api.functions.TaskInfo;
import io.millrace.api.sink.CollectedResults;
import io.millrace.api.sink.CommitterInitContext;
import io.millrace.api.sink.OutputLines;
import io.millrace.api.sink.WriterInitContext;
import io.millrace.taskmanager.runtime.operator.TaskEnvironment;
import io.millrace.taskmanager.runtime.operator.TaskTime;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What writers and committers are created with. Remembers whether the writer asked for the collected results. */
final class WriterContext implements WriterInitContext, CommitterInitContext {
    private final TaskEnvironment environment;
    private final TaskTime time;
    private final OutputLines lines;
    private final Supplier<CollectedResults> resultsOpening;
    private @Nullable CollectedResults results;

    WriterContext(
            TaskEnvironment environment, TaskTime time, OutputLines lines, Supplier<CollectedResults> resultsOpening) {
        this.environment = environment;
        this.time = time;
        this.lines = lines;
        this.resultsOpening = resultsOpening;
    }

    @Override
    public TaskInfo getTaskInfo() {
        return environment.taskInfo();
    }

    @Override
    public JobInfo getJobInfo() {
        return environment.jobInfo();
    }

    @Override
    public ClassLoader getUserCodeClassLoader() {
        return environment.userClassLoader();
    }

    @Override
    public long currentTimeMillis() {
        return time.currentProcessingTime();
    }

    @Override
    public OutputLines outputLines() {
        return lines;
    }

    @Override
    public CollectedResults collectedResults() {
        CollectedResults opened = results;
        if (opened == null) {
            opened = resultsOpening.get();
            results = opened;
        }
        return opened;
    }

    /** The collected results if the writer uses them, else null. */
    @Nullable
    CollectedResults usedResults() {
        return results;
    }
}

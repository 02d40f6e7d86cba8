package io.millrace.taskmanager.runtime.sink;

import io.millrace.api.functions.JobInfo;
import io.millrace.api.functions.TaskInfo;
import io.millrace.api.sink.CollectedResults;
import io.millrace.api.sink.CommitterInitContext;
import io.millrace.api.sink.OutputLines;
import io.millrace.api.sink.WriterInitContext;
import io.millrace.taskmanager.runtime.operator.TaskEnvironment;
import io.millrace.taskmanager.runtime.operator.TaskTime;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What writers and committers are created with. Opens the job's outputs only for a writer that asks for them. */
final class WriterContext implements WriterInitContext, CommitterInitContext {
    private final TaskEnvironment environment;
    private final TaskTime time;
    private final SinkDestination destination;
    private JobOutputs.@Nullable Lines lines;
    private JobOutputs.@Nullable Results results;

    WriterContext(TaskEnvironment environment, TaskTime time, SinkDestination destination) {
        this.environment = environment;
        this.time = time;
        this.destination = destination;
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
    public boolean isCheckpointed() {
        return environment.checkpointing().isOn();
    }

    @Override
    public OptionalLong getRestoredCheckpointId() {
        return environment.checkpointing().restored();
    }

    @Override
    public OutputLines outputLines() {
        JobOutputs.Lines opened = lines;
        if (opened == null) {
            opened = destination
                    .outputs()
                    .openLines(destination.task(), destination.operator(), destination.operatorName());
            lines = opened;
        }
        return opened;
    }

    @Override
    public CollectedResults collectedResults() {
        JobOutputs.Results opened = results;
        if (opened == null) {
            opened =
                    destination.outputs().openResults(destination.task(), destination.operator(), destination.signal());
            results = opened;
        }
        return opened;
    }

    /** The collected results if the writer asked for them, else null. */
    JobOutputs.@Nullable Results results() {
        return results;
    }

    void close() {
        if (lines != null) {
            lines.close();
        }
    }
}

package io.millrace.api.sink.lib;

import io.millrace.api.functions.JobInfo;
import io.millrace.api.functions.TaskInfo;
import io.millrace.api.sink.CollectedResults;
import io.millrace.api.sink.OutputLines;
import io.millrace.api.sink.WriterInitContext;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * A writer's surroundings in a test; keeps the lines that were printed, those of the error stream with a {@code !}
 * before.
 */
public final class FakeWriterContext implements WriterInitContext {
    private final int subtask;
    private final int parallelism;
    private final List<String> lines = new ArrayList<>();

    public FakeWriterContext(int subtask, int parallelism) {
        this.subtask = subtask;
        this.parallelism = parallelism;
    }

    public List<String> lines() {
        return lines;
    }

    @Override
    public TaskInfo getTaskInfo() {
        return new TaskInfo() {
            @Override
            public String getTaskName() {
                return "Sink";
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
                return "Sink (" + (subtask + 1) + "/" + parallelism + ")#0";
            }
        };
    }

    @Override
    public JobInfo getJobInfo() {
        throw new UnsupportedOperationException("no job here");
    }

    @Override
    public ClassLoader getUserCodeClassLoader() {
        return FakeWriterContext.class.getClassLoader();
    }

    @Override
    public long currentTimeMillis() {
        return 0;
    }

    @Override
    public boolean isCheckpointed() {
        return false;
    }

    @Override
    public OptionalLong getRestoredCheckpointId() {
        return OptionalLong.empty();
    }

    @Override
    public OutputLines outputLines() {
        return (line, error) -> lines.add(error ? "!" + line : line);
    }

    @Override
    public CollectedResults collectedResults() {
        throw new UnsupportedOperationException("nothing is collected here");
    }
}

package io.millrace.client.connectors.kafka.sink;

import io.millrace.api.functions.JobInfo;
import io.millrace.api.functions.TaskInfo;
import io.millrace.api.sink.CollectedResults;
import io.millrace.api.sink.CommitterInitContext;
import io.millrace.api.sink.OutputLines;
import io.millrace.api.sink.WriterInitContext;
import io.millrace.api.sink.lib.FakeWriterContext;
import java.util.OptionalLong;

/** The surroundings of one subtask in one run of a job. */
record RunContext(String job, int subtask, int parallelism, OptionalLong restored)
        implements WriterInitContext, CommitterInitContext {

    @Override
    public TaskInfo getTaskInfo() {
        return new FakeWriterContext(subtask, parallelism).getTaskInfo();
    }

    @Override
    public JobInfo getJobInfo() {
        return new JobInfo() {
            @Override
            public String getJobId() {
                return job;
            }

            @Override
            public String getJobName() {
                return "test";
            }
        };
    }

    @Override
    public ClassLoader getUserCodeClassLoader() {
        return RunContext.class.getClassLoader();
    }

    @Override
    public long currentTimeMillis() {
        return 0;
    }

    @Override
    public boolean isCheckpointed() {
        return true;
    }

    @Override
    public OptionalLong getRestoredCheckpointId() {
        return restored;
    }

    @Override
    public OutputLines outputLines() {
        throw new UnsupportedOperationException("nothing is printed here");
    }

    @Override
    public CollectedResults collectedResults() {
        throw new UnsupportedOperationException("nothing is collected here");
    }
}

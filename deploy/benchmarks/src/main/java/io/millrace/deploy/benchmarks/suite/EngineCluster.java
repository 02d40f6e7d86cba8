package io.millrace.deploy.benchmarks.suite;

import io.millrace.deploy.benchmarks.workloads.JobOptions;
import java.io.IOException;
import java.util.List;

/** The running processes of one engine, started for one workload. */
public interface EngineCluster extends AutoCloseable {

    /**
     * Submits the workload's job and returns when it has finished.
     *
     * @throws IOException when the job did not finish well; the message says where its log is
     */
    void run(JobOptions options) throws IOException, InterruptedException;

    /** The processes that execute records; their processor time is what the job costs. */
    List<ProcessHandle> workers();

    /** Ends every process. */
    @Override
    void close();
}

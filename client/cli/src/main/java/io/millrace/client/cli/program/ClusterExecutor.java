package io.millrace.client.cli.program;

import io.millrace.api.execution.JobClient;
import io.millrace.api.execution.JobExecutor;
import io.millrace.client.cli.cluster.ClusterConnection;
import io.millrace.common.core.id.JobId;
import io.millrace.common.graph.BlobReference;
import io.millrace.common.graph.JobGraph;
import io.millrace.common.graph.status.JobSummary;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** Runs the jobs of one program on a cluster: provides the program's jars, submits, and follows unless detached. */
public final class ClusterExecutor implements JobExecutor {
    private final ClusterConnection cluster;
    private final Supplier<List<BlobReference>> jars;
    private final boolean detached;
    private final JobObserver observer;
    private final List<SubmittedJob> jobs = new CopyOnWriteArrayList<>();

    /**
     * @param jars uploads what the jobs' classes are found in; asked for each job
     * @param detached whether nobody follows the jobs
     */
    public ClusterExecutor(
            ClusterConnection cluster, Supplier<List<BlobReference>> jars, boolean detached, JobObserver observer) {
        this.cluster = cluster;
        this.jars = jars;
        this.detached = detached;
        this.observer = observer;
    }

    @Override
    public JobClient submit(JobGraph graph) {
        JobSummary accepted = cluster.submit(newId(), graph.withJars(jars.get()));
        SubmittedJob job = new SubmittedJob(cluster, accepted, observer);
        jobs.add(job);
        observer.submitted(accepted);
        if (!detached) {
            job.follow();
        }
        return job;
    }

    /** The jobs that were accepted so far. */
    List<SubmittedJob> jobs() {
        return List.copyOf(jobs);
    }

    private static JobId newId() {
        UUID random = UUID.randomUUID();
        return new JobId(random.getMostSignificantBits(), random.getLeastSignificantBits());
    }
}

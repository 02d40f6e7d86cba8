package io.millrace.client.cli.program;

import io.millrace.api.execution.JobClient;
import io.millrace.api.execution.JobExecutor;
import io.millrace.client.cli.cluster.ClusterConnection;
import io.millrace.client.cli.jar.JobJar;
import io.millrace.common.core.id.JobId;
import io.millrace.common.graph.BlobReference;
import io.millrace.common.graph.JobGraph;
import io.millrace.common.graph.status.JobSummary;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** Runs the jobs of one program on a cluster: uploads the program's jar, submits, and follows unless detached. */
final class ClusterExecutor implements JobExecutor {
    private final ClusterConnection cluster;
    private final JobJar jar;
    private final boolean detached;
    private final JobObserver observer;
    private final List<SubmittedJob> jobs = new CopyOnWriteArrayList<>();

    ClusterExecutor(ClusterConnection cluster, JobJar jar, boolean detached, JobObserver observer) {
        this.cluster = cluster;
        this.jar = jar;
        this.detached = detached;
        this.observer = observer;
    }

    @Override
    public JobClient submit(JobGraph graph) {
        BlobReference uploaded = cluster.blobs().upload(jar.path());
        JobSummary accepted = cluster.submit(newId(), graph.withJars(List.of(uploaded)));
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

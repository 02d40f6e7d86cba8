package io.millrace.deploy.local;

import io.millrace.common.checkpoint.s3.ObjectStorages;
import io.millrace.common.checkpoint.storage.CheckpointStorages;
import io.millrace.common.checkpoint.storage.DirectoryStorages;
import io.millrace.common.core.concurrent.Mailbox;
import io.millrace.common.core.config.Configuration;
import io.millrace.common.core.error.Check;
import io.millrace.common.core.id.JobId;
import io.millrace.common.core.id.SubtaskId;
import io.millrace.common.graph.BlobReference;
import io.millrace.common.rpc.RpcClient;
import io.millrace.taskmanager.server.link.GrpcControlLink;
import io.millrace.taskmanager.server.process.TaskManagerProcess;
import io.millrace.taskmanager.server.supervisor.ControlLink;
import io.millrace.taskmanager.server.supervisor.JobLibraries;
import io.millrace.taskmanager.server.supervisor.SupervisorEvent;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;

/**
 * The surroundings of a TaskManager inside an application: a JobManager over gRPC, jobs' classes from the application.
 */
final class ApplicationSurroundings implements TaskManagerProcess.Surroundings {
    private final RpcClient client;
    private final Configuration configuration;

    ApplicationSurroundings(RpcClient client, Configuration configuration) {
        this.client = client;
        this.configuration = configuration;
    }

    @Override
    public CheckpointStorages storages(Supplier<String> freshNames) {
        return new ObjectStorages(new DirectoryStorages(freshNames), configuration);
    }

    @Override
    public ControlLink link(Mailbox<SupervisorEvent> supervisor) {
        return new GrpcControlLink(client, supervisor);
    }

    @Override
    public JobLibraries libraries(ExecutorService worker, Mailbox<SupervisorEvent> supervisor) {
        ClassLoader application = ApplicationSurroundings.class.getClassLoader();
        return new JobLibraries() {
            @Override
            public void acquire(JobId job, SubtaskId subtask, List<BlobReference> jars) {
                Check.invariant(
                        supervisor.post(new SupervisorEvent.LibrariesReady(subtask, application)),
                        "the supervisor's mailbox has room for its own answer");
            }

            @Override
            public void release(SubtaskId subtask) {
                // The application's class loader outlives every job.
            }
        };
    }
}

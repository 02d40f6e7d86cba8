package io.millrace.taskmanager.server.process;

import io.millrace.common.checkpoint.s3.ObjectStorages;
import io.millrace.common.checkpoint.storage.CheckpointStorages;
import io.millrace.common.checkpoint.storage.DirectoryStorages;
import io.millrace.common.core.concurrent.Mailbox;
import io.millrace.common.core.config.Configuration;
import io.millrace.common.core.loading.JobClassLoader;
import io.millrace.common.rpc.RpcClient;
import io.millrace.common.rpc.blob.BlobClient;
import io.millrace.taskmanager.server.library.JarCache;
import io.millrace.taskmanager.server.library.SharedJobLibraries;
import io.millrace.taskmanager.server.link.GrpcControlLink;
import io.millrace.taskmanager.server.supervisor.ControlLink;
import io.millrace.taskmanager.server.supervisor.JobLibraries;
import io.millrace.taskmanager.server.supervisor.SupervisorEvent;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;

/**
 * The surroundings of a TaskManager in a cluster: a JobManager over gRPC, jars from its blob store, checkpoints in
 * directories and object stores.
 */
public final class ClusterSurroundings implements TaskManagerProcess.Surroundings {
    private final RpcClient client;
    private final Path jarDirectory;
    private final Configuration configuration;

    /**
     * @param jarDirectory for this process's copies of jars; removed by the caller at the end
     * @param configuration of the process: how it reaches an object store
     */
    public ClusterSurroundings(RpcClient client, Path jarDirectory, Configuration configuration) {
        this.client = client;
        this.jarDirectory = jarDirectory;
        this.configuration = configuration;
    }

    @Override
    public ControlLink link(Mailbox<SupervisorEvent> supervisor) {
        return new GrpcControlLink(client, supervisor);
    }

    @Override
    public JobLibraries libraries(ExecutorService worker, Mailbox<SupervisorEvent> supervisor) {
        BlobClient blobs = new BlobClient(client);
        JarCache cache = new JarCache(jarDirectory, blobs::download);
        ClassLoader engine = ClusterSurroundings.class.getClassLoader();
        return new SharedJobLibraries(
                worker, cache, jars -> new JobClassLoader("on a TaskManager", jars, engine), supervisor);
    }

    @Override
    public CheckpointStorages storages(Supplier<String> freshNames) {
        return new ObjectStorages(new DirectoryStorages(freshNames), configuration);
    }
}

package io.millrace.deploy.local;

import io.millrace.client.cli.cluster.ClusterConnection;
import io.millrace.common.core.concurrent.Mailbox;
import io.millrace.common.core.loading.JobClassLoader;
import io.millrace.common.rpc.RpcClient;
import io.millrace.common.rpc.blob.BlobClient;
import io.millrace.taskmanager.server.library.JarCache;
import io.millrace.taskmanager.server.library.SharedJobLibraries;
import io.millrace.taskmanager.server.link.GrpcControlLink;
import io.millrace.taskmanager.server.process.TaskManagerProcess;
import io.millrace.taskmanager.server.supervisor.ControlLink;
import io.millrace.taskmanager.server.supervisor.JobLibraries;
import io.millrace.taskmanager.server.supervisor.SupervisorEvent;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An embedded cluster whose jobs come as jars and get class loaders of their own, as in processes; the loaders can be
 * watched.
 */
final class JarCluster implements AutoCloseable {
    private final Path directory;
    private final AtomicInteger taskManagers = new AtomicInteger();
    private final List<WeakReference<JobClassLoader>> loaders = new CopyOnWriteArrayList<>();
    private final EmbeddedCluster cluster;
    private final ClusterConnection connection;

    /** @param directory for the TaskManagers' copies of jars */
    JarCluster(int taskManagers, int slotsEach, Path directory) {
        this.directory = directory;
        this.cluster = EmbeddedCluster.start(taskManagers, slotsEach, JarSurroundings::new);
        this.connection = new ClusterConnection(cluster.address());
    }

    ClusterConnection connection() {
        return connection;
    }

    List<TaskManagerProcess> taskManagers() {
        return cluster.taskManagers();
    }

    /** Starts a program as {@code millrace run} does. */
    JarRun run(Path jar, String main, int parallelism, String... arguments) {
        return JarRun.start(connection, jar, main, parallelism, List.of(arguments));
    }

    /** How many class loaders were made for jobs so far. */
    int loadersMade() {
        return loaders.size();
    }

    /** How many of them somebody still holds, as of the last garbage collection. */
    int loadersAlive() {
        return (int) loaders.stream().filter(loader -> loader.get() != null).count();
    }

    @Override
    public void close() {
        connection.close();
        cluster.close();
    }

    /** What a TaskManager's process has around it, with an eye on the class loaders. */
    private final class JarSurroundings implements TaskManagerProcess.Surroundings {
        private final RpcClient client;

        JarSurroundings(RpcClient client) {
            this.client = client;
        }

        @Override
        public ControlLink link(Mailbox<SupervisorEvent> supervisor) {
            return new GrpcControlLink(client, supervisor);
        }

        @Override
        public JobLibraries libraries(ExecutorService worker, Mailbox<SupervisorEvent> supervisor) {
            Path own = directory.resolve("jars-" + taskManagers.getAndIncrement());
            JarCache cache = new JarCache(own, new BlobClient(client)::download);
            return new SharedJobLibraries(worker, cache, this::newLoader, supervisor);
        }

        private JobClassLoader newLoader(List<URL> jars) {
            JobClassLoader loader = new JobClassLoader("under test", jars, TaskManagerProcess.class.getClassLoader());
            loaders.add(new WeakReference<>(loader));
            return loader;
        }
    }
}

package io.millrace.deploy.local;

import io.millrace.api.execution.JobExecutor;
import io.millrace.client.cli.cluster.ClusterConnection;
import io.millrace.client.cli.program.ClusterExecutor;
import io.millrace.client.cli.program.JobObserver;
import io.millrace.common.checkpoint.s3.ObjectStorages;
import io.millrace.common.checkpoint.storage.DirectoryStorages;
import io.millrace.common.core.config.ClusterOptions;
import io.millrace.common.core.config.Configuration;
import io.millrace.common.core.config.TaskManagerOptions;
import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.Incarnation;
import io.millrace.common.core.time.SystemClock;
import io.millrace.common.rpc.RpcAddress;
import io.millrace.common.rpc.RpcClient;
import io.millrace.jobmanager.server.JobManager;
import io.millrace.jobmanager.server.JobManagerSettings;
import io.millrace.taskmanager.server.process.TaskManagerProcess;
import io.millrace.taskmanager.server.process.TaskManagerSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A JobManager and TaskManagers in this JVM, made of the same parts as the processes: gRPC between them, Netty between
 * TaskManagers. Jobs' classes come from the application's class path. Any thread.
 */
public final class EmbeddedCluster implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedCluster.class);
    private static final long HEAP_PER_TASKMANAGER = 512L << 20;

    private final Path directory;
    private final JobManager jobManager;
    private final List<ClusterConnection> connections = new ArrayList<>();
    private final List<RpcClient> clients = new ArrayList<>();
    private final List<TaskManagerProcess> taskManagers = new ArrayList<>();
    private final int slotsEach;
    private final Function<RpcClient, TaskManagerProcess.Surroundings> surroundings;

    private EmbeddedCluster(
            Path directory,
            JobManager jobManager,
            int slotsEach,
            Function<RpcClient, TaskManagerProcess.Surroundings> surroundings) {
        this.directory = directory;
        this.jobManager = jobManager;
        this.slotsEach = slotsEach;
        this.surroundings = surroundings;
    }

    /**
     * Starts a cluster on free ports of the loopback interface, with its data in a temporary directory.
     *
     * @param taskManagers how many, at least 1
     * @param slotsEach slots of each
     */
    public static EmbeddedCluster start(int taskManagers, int slotsEach) {
        return start(taskManagers, slotsEach, Map.of());
    }

    /**
     * The same with settings of the cluster, as {@code conf/millrace.yaml} has them: an object store for checkpoints,
     * say. Addresses and {@code data.dir} are the embedded cluster's own.
     */
    public static EmbeddedCluster start(int taskManagers, int slotsEach, Map<String, String> more) {
        Configuration configuration = Configuration.of(more, "the embedded cluster");
        return start(taskManagers, slotsEach, more, client -> new ApplicationSurroundings(client, configuration));
    }

    /** @param surroundings where TaskManagers find their JobManager and their jobs' classes */
    static EmbeddedCluster start(
            int taskManagers, int slotsEach, Function<RpcClient, TaskManagerProcess.Surroundings> surroundings) {
        return start(taskManagers, slotsEach, Map.of(), surroundings);
    }

    private static EmbeddedCluster start(
            int taskManagers,
            int slotsEach,
            Map<String, String> more,
            Function<RpcClient, TaskManagerProcess.Surroundings> surroundings) {
        Path directory = temporaryDirectory();
        Map<String, String> settings = new HashMap<>(more);
        settings.put(ClusterOptions.JOBMANAGER_PORT.key(), "0");
        settings.put(ClusterOptions.DATA_DIR.key(), directory.toString());
        Configuration configuration = Configuration.of(settings, "the embedded cluster");
        SecureRandom random = new SecureRandom();
        JobManager jobManager = JobManager.start(
                JobManagerSettings.of(configuration, null, "embedded"),
                new JobManager.Surroundings(
                        SystemClock.INSTANCE,
                        Executors.newFixedThreadPool(1, EmbeddedCluster::daemon),
                        new ObjectStorages(
                                new DirectoryStorages(() -> Long.toHexString(random.nextLong())), configuration),
                        random::nextLong,
                        failure -> LOG.error("event=embedded-jobmanager-died", failure)));
        EmbeddedCluster cluster = new EmbeddedCluster(directory, jobManager, slotsEach, surroundings);
        for (int i = 0; i < taskManagers; i++) {
            cluster.addTaskManager();
        }
        return cluster;
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "millrace-blobs");
        thread.setDaemon(true);
        return thread;
    }

    /** Adds one more TaskManager. @return its place in the list, from 0 */
    public int addTaskManager() {
        Map<String, String> settings = new HashMap<>();
        settings.put(TaskManagerOptions.ID.key(), "tm-" + taskManagers.size());
        settings.put(TaskManagerOptions.SLOTS.key(), Integer.toString(slotsEach));
        settings.put(ClusterOptions.DATA_DIR.key(), directory.toString());
        TaskManagerSettings made = TaskManagerSettings.of(
                Configuration.of(settings, "the embedded cluster"),
                new TaskManagerSettings.Machine(
                        slotsEach, HEAP_PER_TASKMANAGER, new Incarnation(new SecureRandom().nextLong()), "embedded"));
        RpcClient client = new RpcClient(jobManager.address());
        clients.add(client);
        taskManagers.add(new TaskManagerProcess(
                made,
                SystemClock.INSTANCE,
                surroundings.apply(client),
                new SecureRandom()::nextLong,
                EmbeddedCluster::reportEnd));
        return taskManagers.size() - 1;
    }

    private static void reportEnd(Problem problem) {
        LOG.error("event=embedded-taskmanager-ended problem={}", problem);
    }

    /** Where the JobManager is reached. */
    public RpcAddress address() {
        return jobManager.address();
    }

    public int slots() {
        return taskManagers.size() * slotsEach;
    }

    /** The TaskManagers, in the order in which they were added. */
    public List<TaskManagerProcess> taskManagers() {
        return List.copyOf(taskManagers);
    }

    /** Runs jobs here whose classes are on the application's class path; closed with the cluster. */
    public synchronized JobExecutor executor(JobObserver observer) {
        ClusterConnection connection = new ClusterConnection(address());
        connections.add(connection);
        return new ClusterExecutor(connection, List::of, false, observer);
    }

    /** Ends everything and removes the data. */
    @Override
    public synchronized void close() {
        connections.forEach(ClusterConnection::close);
        taskManagers.forEach(TaskManagerProcess::close);
        clients.forEach(RpcClient::close);
        jobManager.close();
        delete(directory);
    }

    private static Path temporaryDirectory() {
        try {
            return Files.createTempDirectory("millrace-embedded-");
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make a temporary directory", e);
        }
    }

    private static void delete(Path root) {
        try (Stream<Path> below = Files.walk(root)) {
            for (Path path : (Iterable<Path>) below.sorted(java.util.Comparator.reverseOrder())::iterator) {
                Files.delete(path);
            }
        } catch (IOException e) {
            LOG.warn("event=directory-not-removed directory={} why={}", root, e.toString());
        }
    }
}

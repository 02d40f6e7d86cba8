package io.millrace.deploy.failover;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Volume;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.output.Slf4jLogConsumer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.ImageFromDockerfile;

/**
 * One JobManager and some TaskManagers with one slot each, every process in a container of its own, with the rights and
 * the volumes that the Kubernetes manifests give them. The client runs beside the JobManager.
 */
final class ContainerCluster implements AutoCloseable {
    private static final String LAUNCHER = "/opt/millrace/bin/millrace";
    private static final String CHECKPOINT_DIR = "/opt/millrace/checkpoints";
    private static final String LABEL = "io.millrace.failover";
    private static final long MEMORY_BYTES = 768L << 20;
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ImageFromDockerfile image;
    private final Network network;
    private final String checkpoints;
    private final GenericContainer<?> jobManager;
    private final List<GenericContainer<?>> taskManagers = new ArrayList<>();

    private ContainerCluster(ImageFromDockerfile image) {
        this.image = image;
        this.network = Network.builder()
                .createNetworkCmdModifier(command -> command.withLabels(Map.of(LABEL, "true")))
                .build();
        this.checkpoints = DockerClientFactory.instance()
                .client()
                .createVolumeCmd()
                .withLabels(Map.of(LABEL, "true"))
                .exec()
                .getName();
        this.jobManager = container("jobmanager", ".*JobManager ready.*", List.of("jobmanager"))
                .withTmpFs(Map.of("/tmp", "exec", "/opt/millrace/data", "uid=10001,gid=10001"));
    }

    /** Starts everything; the TaskManagers are called {@code tm-1}, {@code tm-2} and so on. */
    static ContainerCluster start(ImageFromDockerfile image, int taskManagers) {
        ContainerCluster cluster = new ContainerCluster(image);
        try {
            cluster.jobManager.start();
            for (int number = 1; number <= taskManagers; number++) {
                cluster.addTaskManager("tm-" + number);
            }
            cluster.awaitTaskManagers(taskManagers);
            return cluster;
        } catch (RuntimeException | Error e) {
            cluster.close();
            throw e;
        }
    }

    private void addTaskManager(String name) {
        List<String> settings = List.of("taskmanager.id=" + name, "taskmanager.host=" + name, "taskmanager.slots=1");
        List<String> command = new ArrayList<>(List.of("taskmanager"));
        settings.forEach(setting -> command.addAll(List.of("-D", setting)));
        GenericContainer<?> container =
                container(name, ".*TaskManager " + name + " ready.*", command).withTmpFs(Map.of("/tmp", "exec"));
        taskManagers.add(container);
        container.start();
    }

    private GenericContainer<?> container(String name, String readyLine, List<String> command) {
        List<String> allowed = new ArrayList<>(command);
        allowed.addAll(List.of("-D", "security.insecure=true"));
        return new GenericContainer<>(image)
                .withNetwork(network)
                .withNetworkAliases(name)
                .withCommand(allowed.toArray(String[]::new))
                .withLabel(LABEL, "true")
                .withLogConsumer(new Slf4jLogConsumer(LoggerFactory.getLogger(name)))
                .withCreateContainerCmdModifier(
                        create -> adapt(Objects.requireNonNull(create.getHostConfig(), "host configuration")))
                .waitingFor(Wait.forLogMessage(readyLine, 1).withStartupTimeout(START_LIMIT));
    }

    private void adapt(HostConfig host) {
        host.withMemory(MEMORY_BYTES)
                .withReadonlyRootfs(true)
                .withCapDrop(Capability.ALL)
                .withBinds(new Bind(checkpoints, new Volume(CHECKPOINT_DIR)));
    }

    /** Runs the client. */
    ExecResult millrace(String... arguments) {
        List<String> command = new ArrayList<>(List.of(LAUNCHER));
        command.addAll(List.of(arguments));
        try {
            return jobManager.execInContainer(command.toArray(String[]::new));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot run " + command, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for " + command, e);
        }
    }

    /** Runs the client, which has to succeed and print JSON. */
    JsonNode json(String... arguments) {
        ExecResult result = millrace(arguments);
        if (result.getExitCode() != 0) {
            throw new AssertionError(String.join(" ", arguments) + " ended with " + result);
        }
        try {
            return JSON.readTree(result.getStdout());
        } catch (JsonProcessingException e) {
            throw new AssertionError("Not JSON: " + result.getStdout(), e);
        }
    }

    /** What the JobManager has logged. */
    String log() {
        return jobManager.getLogs();
    }

    /** Ends the process of a TaskManager as the kernel would: it has no time to tell anybody. */
    void killTaskManager(int number) {
        DockerClientFactory.instance()
                .client()
                .killContainerCmd(taskManagers.get(number - 1).getContainerId())
                .withSignal("KILL")
                .exec();
    }

    /** Starts the container of a killed TaskManager again. */
    void restartTaskManager(int number) {
        DockerClientFactory.instance()
                .client()
                .startContainerCmd(taskManagers.get(number - 1).getContainerId())
                .exec();
    }

    /** Waits until so many TaskManagers are registered, with all slots free. */
    void awaitTaskManagers(int count) {
        Deadline.await(
                START_LIMIT,
                count + " TaskManagers with free slots",
                () -> json("cluster", "status", "--json"),
                status -> status.path("taskManagers").size() == count
                        && status.path("slotsFree").asInt() == count);
    }

    @Override
    public void close() {
        taskManagers.forEach(GenericContainer::stop);
        jobManager.stop();
        network.close();
        DockerClientFactory.instance().client().removeVolumeCmd(checkpoints).exec();
    }
}

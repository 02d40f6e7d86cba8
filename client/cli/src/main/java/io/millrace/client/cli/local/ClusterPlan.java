package io.millrace.client.cli.local;

import io.millrace.common.core.config.ClusterOptions;
import io.millrace.common.core.config.ConfigOption;
import io.millrace.common.core.config.Configuration;
import io.millrace.common.core.config.TaskManagerOptions;
import io.millrace.common.core.error.Check;
import io.millrace.common.rpc.RpcAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A local cluster as it shall be.
 *
 * @param launcher starts the servers
 * @param dataDirectory for blobs, metadata, pid and log files
 * @param configFile handed to the servers
 * @param configuration what file and command line say together
 * @param overrides settings of the command line, handed to the servers
 * @param taskManagers how many
 */
public record ClusterPlan(
        Path launcher,
        Path dataDirectory,
        Optional<Path> configFile,
        Configuration configuration,
        Map<String, String> overrides,
        int taskManagers) {
    public static final String JOB_MANAGER = "jobmanager";
    private static final String TASK_MANAGER = "taskmanager-";

    public ClusterPlan {
        Check.argument(taskManagers > 0, "A cluster has at least one TaskManager, found " + taskManagers);
        overrides = Map.copyOf(overrides);
    }

    /** The plan with the JobManager on this port, in place of one that it would choose itself and nobody knew. */
    ClusterPlan withPort(int port) {
        Map<String, String> more = new TreeMap<>(overrides);
        more.put(ClusterOptions.JOBMANAGER_PORT.key(), Integer.toString(port));
        return new ClusterPlan(
                launcher,
                dataDirectory,
                configFile,
                configuration.overriddenBy(Configuration.of(more, "the cluster's plan")),
                more,
                taskManagers);
    }

    RpcAddress jobManager() {
        return new RpcAddress(
                configuration.get(ClusterOptions.JOBMANAGER_HOST), configuration.get(ClusterOptions.JOBMANAGER_PORT));
    }

    /** The address that the JobManager listens on. */
    RpcAddress bindAddress() {
        return new RpcAddress(
                configuration.get(ClusterOptions.JOBMANAGER_BIND), configuration.get(ClusterOptions.JOBMANAGER_PORT));
    }

    List<String> jobManagerArguments() {
        return arguments(JOB_MANAGER, Map.of());
    }

    static String taskManagerName(int number) {
        return TASK_MANAGER + number;
    }

    /** @param number of the TaskManager, from 1; fixed ports are counted up, as all run on one machine */
    List<String> taskManagerArguments(int number) {
        Map<String, String> own = new TreeMap<>();
        String id = configuration.get(TaskManagerOptions.ID);
        own.put(TaskManagerOptions.ID.key(), id.isEmpty() ? taskManagerName(number) : id + "-" + number);
        countUp(own, TaskManagerOptions.DATA_PORT, number);
        countUp(own, TaskManagerOptions.HTTP_PORT, number);
        return arguments("taskmanager", own);
    }

    private void countUp(Map<String, String> own, ConfigOption<Integer> port, int number) {
        int first = configuration.get(port);
        if (first > 0) {
            own.put(port.key(), Integer.toString(first + number - 1));
        }
    }

    private List<String> arguments(String role, Map<String, String> own) {
        List<String> arguments = new ArrayList<>(List.of(launcher.toString(), role));
        configFile.ifPresent(file -> arguments.addAll(List.of("--config", file.toString())));
        Map<String, String> settings = new TreeMap<>(overrides);
        settings.put(ClusterOptions.DATA_DIR.key(), dataDirectory.toString());
        settings.putAll(own);
        settings.forEach((key, value) -> arguments.addAll(List.of("-D", key + "=" + value)));
        return arguments;
    }
}

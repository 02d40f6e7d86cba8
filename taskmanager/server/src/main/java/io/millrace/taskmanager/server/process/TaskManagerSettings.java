package io.millrace.taskmanager.server.process;

import io.millrace.common.core.config.ClusterOptions;
import io.millrace.common.core.config.Configuration;
import io.millrace.common.core.config.TaskManagerOptions;
import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.Incarnation;
import io.millrace.common.core.id.TaskManagerId;
import io.millrace.taskmanager.network.Identity;
import io.millrace.taskmanager.network.NetworkSettings;
import io.millrace.taskmanager.server.supervisor.TaskManagerErrors;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What a TaskManager is made with.
 *
 * @param identity cluster, name and life of the process
 * @param network its data plane
 * @param networkBytes memory for data in flight
 * @param stateDirectory where state that is not on the heap lies
 * @param stateBytes memory for it
 * @param slots how many, at least 1
 * @param creditsPerChannel frames that may wait on each incoming channel
 * @param version of the software, for people
 * @param orphanTimeout how long tasks go on without a JobManager
 */
public record TaskManagerSettings(
        Identity identity,
        NetworkSettings network,
        long networkBytes,
        Path stateDirectory,
        long stateBytes,
        int slots,
        int creditsPerChannel,
        String version,
        Duration orphanTimeout) {
    private static final long LEAST_NETWORK_BYTES = 64L << 20;
    private static final long MOST_NETWORK_BYTES = 1L << 30;
    private static final long LEAST_STATE_BYTES = 16L << 20;

    /** What the machine gives and the caller has drawn. */
    public record Machine(int processors, long maxHeapBytes, Incarnation incarnation, String version) {}

    /** Reads the settings of a process, with what is not set derived from the machine. */
    public static TaskManagerSettings of(Configuration configuration, Machine machine) {
        String bind = configuration.get(TaskManagerOptions.BIND);
        requireLoopbackOrInsecure(bind, configuration);
        String id = configuration.get(TaskManagerOptions.ID);
        String name = id.isEmpty() ? "tm-" + machine.incarnation() : id;
        int slots = configuration.get(TaskManagerOptions.SLOTS);
        long network = configuration.get(TaskManagerOptions.NETWORK_MEMORY);
        long state = configuration.get(TaskManagerOptions.STATE_MEMORY);
        return new TaskManagerSettings(
                new Identity(
                        configuration.get(ClusterOptions.CLUSTER_ID), new TaskManagerId(name), machine.incarnation()),
                NetworkSettings.DEFAULTS.withListen(new NetworkSettings.Listen(
                        bind,
                        configuration.get(TaskManagerOptions.HOST),
                        configuration.get(TaskManagerOptions.DATA_PORT))),
                network > 0 ? network : derivedNetworkBytes(machine.maxHeapBytes()),
                stateDirectory(configuration),
                state > 0 ? state : Math.max(LEAST_STATE_BYTES, machine.maxHeapBytes() / 4),
                slots > 0 ? slots : machine.processors(),
                configuration.get(TaskManagerOptions.CHANNEL_CREDITS),
                machine.version(),
                configuration.get(TaskManagerOptions.ORPHAN_TIMEOUT));
    }

    private static Path stateDirectory(Configuration configuration) {
        String configured = configuration.get(ClusterOptions.DATA_DIR);
        String home = System.getProperty("millrace.home", System.getProperty("java.io.tmpdir"));
        return (configured.isEmpty() ? Path.of(home, "data") : Path.of(configured)).resolve("state");
    }

    private static long derivedNetworkBytes(long maxHeapBytes) {
        return Math.min(MOST_NETWORK_BYTES, Math.max(LEAST_NETWORK_BYTES, maxHeapBytes / 10));
    }

    private static void requireLoopbackOrInsecure(String bind, Configuration configuration) {
        try {
            if (!InetAddress.getByName(bind).isLoopbackAddress() && !configuration.get(ClusterOptions.INSECURE)) {
                throw Problem.of(TaskManagerErrors.INSECURE_BIND, "Refusing to listen on " + bind)
                        .because("Whoever reaches this address could feed data to the cluster's jobs")
                        .fix("Listen on 127.0.0.1, or allow it with security.insecure=true in a trusted network")
                        .asException();
            }
        } catch (UnknownHostException e) {
            throw Problem.of(TaskManagerErrors.INSECURE_BIND, "The address '" + bind + "' does not resolve")
                    .fix("Correct taskmanager.bind-address")
                    .asException(e);
        }
    }
}

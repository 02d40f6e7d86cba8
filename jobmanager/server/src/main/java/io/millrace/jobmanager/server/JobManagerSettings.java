package io.millrace.jobmanager.server;

import io.millrace.common.core.config.ClusterOptions;
import io.millrace.common.core.config.Configuration;
import io.millrace.common.core.config.StorageLocation;
import io.millrace.common.core.error.Problem;
import io.millrace.common.rpc.RpcAddress;
import io.millrace.jobmanager.control.contract.ControlSettings.Limits;
import io.millrace.jobmanager.control.contract.ControlSettings.Timing;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a JobManager is told at its start.
 *
 * @param clusterId as configured
 * @param version of the software
 * @param bind where the gRPC services listen; port 0 takes a free one
 * @param insecureAllowed whether the user asked by name to listen beyond loopback
 * @param dataDirectory for blobs and metadata
 * @param checkpointPlace where jobs that name no place keep their checkpoints: seen by all processes of the cluster
 */
public record JobManagerSettings(
        String clusterId,
        String version,
        RpcAddress bind,
        boolean insecureAllowed,
        Path dataDirectory,
        StorageLocation checkpointPlace,
        Timing timing,
        Limits limits) {

    private static final int MOST_LIVE_JOBS = 1_000;
    private static final long LINE_BYTES_PER_JOB = 4L * 1024 * 1024;
    private static final int RESULT_WINDOW = 4;

    /**
     * @param home the distribution's directory; null outside of one
     * @param version of the software
     */
    public static JobManagerSettings of(Configuration configuration, @Nullable Path home, String version) {
        RpcAddress bind = new RpcAddress(
                configuration.get(ClusterOptions.JOBMANAGER_BIND), configuration.get(ClusterOptions.JOBMANAGER_PORT));
        String directory = configuration.get(ClusterOptions.DATA_DIR);
        Path dataDirectory =
                !directory.isEmpty() ? Path.of(directory) : (home != null ? home : Path.of("")).resolve("data");
        Limits limits = new Limits(
                configuration.get(ClusterOptions.RETAINED_JOBS),
                MOST_LIVE_JOBS,
                configuration.get(ClusterOptions.RETAINED_OUTPUT_LINES),
                LINE_BYTES_PER_JOB,
                RESULT_WINDOW);
        return new JobManagerSettings(
                configuration.get(ClusterOptions.CLUSTER_ID),
                version,
                bind,
                configuration.get(ClusterOptions.INSECURE),
                dataDirectory.toAbsolutePath(),
                checkpointPlace(configuration, dataDirectory),
                timing(configuration),
                limits);
    }

    private static StorageLocation checkpointPlace(Configuration configuration, Path dataDirectory) {
        StorageLocation chosen = configuration.get(ClusterOptions.CHECKPOINT_DIR);
        return chosen instanceof StorageLocation.ClusterDefault
                ? new StorageLocation.Directory(dataDirectory
                        .toAbsolutePath()
                        .normalize()
                        .resolve("checkpoints")
                        .toString())
                : chosen;
    }

    private static Timing timing(Configuration configuration) {
        Duration interval = configuration.get(ClusterOptions.HEARTBEAT_INTERVAL);
        Duration timeout = configuration.get(ClusterOptions.HEARTBEAT_TIMEOUT);
        if (interval.toMillis() < 1 || timeout.compareTo(interval.multipliedBy(2)) < 0) {
            throw Problem.of(
                            JobManagerError.SETTINGS_CONTRADICT,
                            "heartbeat.timeout is " + timeout.toMillis() + " ms, heartbeat.interval is "
                                    + interval.toMillis() + " ms")
                    .because("One lost heartbeat must not lose a TaskManager")
                    .fix("Make the interval at least 1 ms and the time-out at least twice the interval")
                    .asException();
        }
        return new Timing(
                interval.toMillis(),
                timeout.toMillis(),
                configuration.get(ClusterOptions.RECONNECT_GRACE).toMillis(),
                configuration.get(ClusterOptions.SLOT_TIMEOUT).toMillis());
    }
}

package io.millrace.common.core.config;

import java.time.Duration;
import java.util.List;

/** Settings that all processes of a cluster share, and those of the JobManager. */
public final class ClusterOptions {
    public static final ConfigOption<String> CLUSTER_ID = new ConfigOption<>(
            "cluster.id",
            new ConfigType.TextType(),
            "millrace",
            "Name of the cluster. TaskManagers of another cluster are refused.");
    public static final ConfigOption<String> JOBMANAGER_HOST = new ConfigOption<>(
            "jobmanager.host",
            new ConfigType.TextType(),
            "127.0.0.1",
            "Host under which clients and TaskManagers reach the JobManager.");
    public static final ConfigOption<Integer> JOBMANAGER_PORT = new ConfigOption<>(
            "jobmanager.port",
            new ConfigType.IntType(0, 65_535),
            "7171",
            "Port of the JobManager's gRPC services. 0 takes a free one.");
    public static final ConfigOption<String> JOBMANAGER_BIND = new ConfigOption<>(
            "jobmanager.bind-address",
            new ConfigType.TextType(),
            "127.0.0.1",
            "Address the JobManager listens on. Anything but loopback also needs security.insecure.");
    public static final ConfigOption<Integer> JOBMANAGER_HTTP_PORT = new ConfigOption<>(
            "jobmanager.http-port",
            new ConfigType.IntType(0, 65_535),
            "7172",
            "Port of the JobManager's HTTP server for metrics and probes. 0 takes a free one.");
    public static final ConfigOption<String> DATA_DIR = new ConfigOption<>(
            "data.dir",
            new ConfigType.TextType(),
            "",
            "Directory for blobs, metadata and, on TaskManagers, keyed state in RocksDB. Empty: 'data' in the"
                    + " distribution's directory.");
    public static final ConfigOption<StorageLocation> CHECKPOINT_DIR = new ConfigOption<>(
            "jobmanager.checkpoint-dir",
            new ConfigType.StorageType(),
            "",
            "Where jobs that name no checkpoint.dir keep their checkpoints, each below its id. All processes of the cluster"
                    + " have to see it. Empty: 'checkpoints' in the JobManager's data directory.");
    public static final ConfigOption<Boolean> INSECURE = new ConfigOption<>(
            "security.insecure",
            new ConfigType.BooleanType(),
            "false",
            "Allows listening on addresses other than loopback without TLS or a token. Only for networks you trust.");
    public static final ConfigOption<Duration> HEARTBEAT_INTERVAL = new ConfigOption<>(
            "heartbeat.interval",
            new ConfigType.DurationType(),
            "500ms",
            "How often a TaskManager reports to the JobManager.");
    public static final ConfigOption<Duration> HEARTBEAT_TIMEOUT = new ConfigOption<>(
            "heartbeat.timeout",
            new ConfigType.DurationType(),
            "5s",
            "After this long without a heartbeat a TaskManager counts as lost. At least twice the interval.");
    public static final ConfigOption<Duration> RECONNECT_GRACE = new ConfigOption<>(
            "heartbeat.reconnect-grace",
            new ConfigType.DurationType(),
            "300ms",
            "How long a TaskManager whose connection closed may take to come back before it counts as lost.");
    public static final ConfigOption<Duration> SLOT_TIMEOUT = new ConfigOption<>(
            "slot.request.timeout",
            new ConfigType.DurationType(),
            "30s",
            "How long a job waits for enough free slots before it fails.");
    public static final ConfigOption<Integer> RETAINED_JOBS = new ConfigOption<>(
            "jobmanager.retained-jobs",
            new ConfigType.IntType(1, 100_000),
            "100",
            "How many ended jobs 'list' and 'status' still know.");
    public static final ConfigOption<Integer> RETAINED_OUTPUT_LINES = new ConfigOption<>(
            "jobmanager.retained-output-lines",
            new ConfigType.IntType(0, 10_000_000),
            "10000",
            "How many printed lines the JobManager keeps per job for 'logs' and late followers.");

    static final List<ConfigOption<?>> ALL = List.of(
            CLUSTER_ID,
            JOBMANAGER_HOST,
            JOBMANAGER_PORT,
            JOBMANAGER_BIND,
            JOBMANAGER_HTTP_PORT,
            DATA_DIR,
            CHECKPOINT_DIR,
            INSECURE,
            HEARTBEAT_INTERVAL,
            HEARTBEAT_TIMEOUT,
            RECONNECT_GRACE,
            SLOT_TIMEOUT,
            RETAINED_JOBS,
            RETAINED_OUTPUT_LINES);

    private ClusterOptions() {}
}

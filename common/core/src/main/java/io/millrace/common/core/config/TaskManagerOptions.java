package io.millrace.common.core.config;

import java.time.Duration;
import java.util.List;

/** Settings of a TaskManager. */
public final class TaskManagerOptions {
    public static final ConfigOption<String> ID = new ConfigOption<>(
            "taskmanager.id",
            new ConfigType.TextType(),
            "",
            "Name of the TaskManager, unique in the cluster. Empty: made from host name and data port.");
    public static final ConfigOption<String> HOST = new ConfigOption<>(
            "taskmanager.host",
            new ConfigType.TextType(),
            "127.0.0.1",
            "Host under which other TaskManagers reach this one's data port.");
    public static final ConfigOption<String> BIND = new ConfigOption<>(
            "taskmanager.bind-address",
            new ConfigType.TextType(),
            "127.0.0.1",
            "Address the data port listens on. Anything but loopback also needs security.insecure.");
    public static final ConfigOption<Integer> DATA_PORT = new ConfigOption<>(
            "taskmanager.data-port",
            new ConfigType.IntType(0, 65_535),
            "0",
            "Port for data from other TaskManagers. 0 takes a free one.");
    public static final ConfigOption<Integer> HTTP_PORT = new ConfigOption<>(
            "taskmanager.http-port",
            new ConfigType.IntType(0, 65_535),
            "0",
            "Port of the TaskManager's HTTP server for metrics and probes. 0 takes a free one.");
    public static final ConfigOption<Integer> SLOTS = new ConfigOption<>(
            "taskmanager.slots",
            new ConfigType.IntType(0, 1_024),
            "0",
            "Number of slots, each one thread. 0: one per processor.");
    public static final ConfigOption<Long> NETWORK_MEMORY = new ConfigOption<>(
            "taskmanager.network.memory",
            new ConfigType.MemoryType(),
            "0b",
            "Memory for data in flight between TaskManagers. 0b: a tenth of the heap, at least 64m and at most 1g.");
    public static final ConfigOption<Integer> CHANNEL_CREDITS = new ConfigOption<>(
            "taskmanager.network.credits-per-channel",
            new ConfigType.IntType(2, 1_024),
            "8",
            "How many buffers of 32k may wait for a slow consumer on each channel.");

    public static final ConfigOption<Duration> ORPHAN_TIMEOUT = new ConfigOption<>(
            "taskmanager.orphan-timeout",
            new ConfigType.DurationType(),
            "5min",
            "How long tasks go on without a JobManager before they are cancelled.");

    public static final ConfigOption<Long> STATE_MEMORY = new ConfigOption<>(
            "taskmanager.state.memory",
            new ConfigType.MemoryType(),
            "0b",
            "Memory for keyed state in RocksDB: half of it native, for blocks and write buffers, half on the heap, for"
                    + " cached objects. 0b: a quarter of the heap.");

    static final List<ConfigOption<?>> ALL = List.of(
            ID, HOST, BIND, DATA_PORT, HTTP_PORT, SLOTS, NETWORK_MEMORY, CHANNEL_CREDITS, ORPHAN_TIMEOUT, STATE_MEMORY);

    private TaskManagerOptions() {}
}

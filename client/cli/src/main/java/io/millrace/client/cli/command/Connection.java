package io.millrace.client.cli.command;

import io.millrace.client.cli.cluster.ClusterConnection;
import io.millrace.client.cli.local.Distribution;
import io.millrace.client.cli.local.RunDirectory;
import io.millrace.common.core.config.ClusterOptions;
import io.millrace.common.core.config.ConfigFile;
import io.millrace.common.core.config.Configuration;
import io.millrace.common.rpc.RpcAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The settings that a call works with: configuration file, then {@code -D}, then {@code -m}.
 *
 * @param address of {@code -m}; empty if the settings say where the JobManager is
 * @param overrides what {@code -D} says
 * @param configuration what file and {@code -D} say together
 */
record Connection(
        Distribution distribution,
        Optional<RpcAddress> address,
        Optional<Path> configFile,
        Map<String, String> overrides,
        Configuration configuration) {

    static Connection of(Invocation invocation) {
        Optional<Path> named = invocation.option(Flags.CONFIG);
        Optional<Path> file = named.or(() -> invocation.distribution().configFile());
        Map<String, String> overrides =
                invocation.<Map<String, String>>option(Flags.DEFINE).orElse(Map.of());
        Configuration commandLine = Configuration.of(overrides, "-D");
        Optional<RpcAddress> address = invocation.arguments().commandSpec().findOption(Flags.ADDRESS) == null
                ? Optional.empty()
                : invocation.<String>option(Flags.ADDRESS).map(RpcAddress::parse);
        return new Connection(
                invocation.distribution(),
                address,
                file,
                overrides,
                file.map(ConfigFile::load).orElse(Configuration.EMPTY).overriddenBy(commandLine));
    }

    /** Connects when the first call needs it. */
    ClusterConnection open() {
        return new ClusterConnection(jobManager());
    }

    RpcAddress jobManager() {
        return address.orElseGet(this::configuredAddress);
    }

    /** The JobManager of port 0 chose one itself; a local cluster's is noted in its run directory. */
    private RpcAddress configuredAddress() {
        int port = configuration.get(ClusterOptions.JOBMANAGER_PORT);
        RpcAddress configured = new RpcAddress(configuration.get(ClusterOptions.JOBMANAGER_HOST), port);
        return port == 0
                ? new RunDirectory(distribution.dataDirectory(configuration))
                        .address()
                        .orElse(configured)
                : configured;
    }
}

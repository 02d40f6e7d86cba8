package io.millrace.client.cli.demo;

import io.millrace.client.cli.cluster.ClusterConnection;
import io.millrace.client.cli.jar.JobJar;
import io.millrace.client.cli.local.ClusterPlan;
import io.millrace.client.cli.local.ClusterStart;
import io.millrace.client.cli.local.Distribution;
import io.millrace.client.cli.local.LocalCluster;
import io.millrace.client.cli.outcome.ExitCode;
import io.millrace.client.cli.outcome.Interruption.Ending;
import io.millrace.client.cli.program.JobSession;
import io.millrace.client.cli.program.ProgramSettings;
import io.millrace.client.cli.terminal.Terminal;
import io.millrace.client.cli.view.ClusterView;
import io.millrace.client.cli.view.Times;
import io.millrace.common.core.config.ClusterOptions;
import io.millrace.common.core.config.Configuration;
import io.millrace.common.core.error.MillraceException;
import io.millrace.common.graph.status.ClusterStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The demonstration from start to end: a private cluster in a temporary directory, the log analysis on it by the way
 * that 'run' takes, and a summary. Whatever happens, no process and no file is left.
 */
public final class Demo {
    private static final String JAR = "log-analysis.jar";
    private static final int TASK_MANAGERS = 2;

    private final DemoOptions options;
    private final Distribution distribution;
    private final Terminal terminal;
    private final CompletableFuture<Ending> stop = new CompletableFuture<>();

    /** @param interrupted completes when the user ends the demonstration */
    public Demo(
            DemoOptions options,
            Distribution distribution,
            Terminal terminal,
            CompletableFuture<? extends Ending> interrupted) {
        this.options = options;
        this.distribution = distribution;
        this.terminal = terminal;
        var unused = interrupted.thenAccept(stop::complete);
    }

    /** @return 0 unless the job failed */
    public int run() throws InterruptedException, IOException {
        JobJar jar = JobJar.open(distribution.example(JAR), null);
        Path data = Files.createTempDirectory("millrace-demo-");
        try {
            return runIn(data, jar);
        } finally {
            delete(data);
        }
    }

    private int runIn(Path data, JobJar jar) throws InterruptedException {
        terminal.note("Starting a private cluster of a JobManager and " + TASK_MANAGERS + " TaskManagers ...");
        long begin = terminal.clock().nanoTime();
        LocalCluster cluster = LocalCluster.launch(plan(data));
        Optional<ClusterStatus> ready = ClusterStart.awaitOrStop(cluster, stop, terminal.clock());
        if (ready.isEmpty()) {
            terminal.note("Interrupted before the cluster was ready");
            return ExitCode.OK;
        }
        try {
            String address = cluster.address().toString();
            terminal.note(ClusterView.ready(ready.get(), address, Times.span(millisSince(begin))));
            return runOn(cluster, jar);
        } finally {
            cluster.stop();
            terminal.note("Stopped the cluster and removed " + data);
        }
    }

    private int runOn(LocalCluster cluster, JobJar jar) throws InterruptedException {
        DemoDisplay display = new DemoDisplay(terminal);
        var unused = display.running().thenAccept(job -> startTimer());
        try (ClusterConnection connection = new ClusterConnection(cluster.address())) {
            ProgramSettings settings =
                    new ProgramSettings(options.jobArguments(), options.parallelism(), null, Map.of(), false);
            long begin = terminal.clock().nanoTime();
            int code = new JobSession(connection, jar, settings, display, terminal, stop).run();
            long millis = millisSince(begin);
            terminal.result(
                    DemoSummary.text(display.counts(), logLines(connection, display), millis, display.dropped()));
            return code == ExitCode.INTERRUPTED ? ExitCode.OK : code;
        }
    }

    private void startTimer() {
        options.length()
                .ifPresent(length ->
                        stop.completeOnTimeout(new Ending.Signal(), length.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** How many lines the source has emitted: no operator emits more. Empty if the JobManager cannot be asked. */
    private static Optional<Long> logLines(ClusterConnection connection, DemoDisplay display) {
        try {
            return display.job().flatMap(job -> connection.details(job).vertices().stream()
                    .flatMap(vertex -> vertex.operators().stream())
                    .map(operator -> operator.recordsOut())
                    .max(Comparator.naturalOrder()));
        } catch (MillraceException e) {
            return Optional.empty();
        }
    }

    /** A cluster that shares neither ports nor files nor settings with any other. */
    private ClusterPlan plan(Path data) {
        Map<String, String> settings = Map.of(
                ClusterOptions.JOBMANAGER_PORT.key(),
                "0",
                ClusterOptions.JOBMANAGER_HTTP_PORT.key(),
                "0",
                ClusterOptions.CLUSTER_ID.key(),
                "demo-" + ProcessHandle.current().pid());
        return new ClusterPlan(
                distribution.launcher(),
                data,
                Optional.of(noSettings(data)),
                Configuration.of(settings, "the demo"),
                settings,
                TASK_MANAGERS);
    }

    private static Path noSettings(Path data) {
        try {
            return Files.writeString(data.resolve("demo.yaml"), "# The demo takes the defaults.\n");
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write to " + data, e);
        }
    }

    private long millisSince(long begin) {
        return TimeUnit.NANOSECONDS.toMillis(terminal.clock().nanoTime() - begin);
    }

    private static void delete(Path directory) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> files = Files.walk(directory)) {
            deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.deleteIfExists(path);
        }
    }
}

package io.millrace.taskmanager.server;

import io.millrace.common.core.config.ClusterOptions;
import io.millrace.common.core.config.Configuration;
import io.millrace.common.core.config.ProcessArguments;
import io.millrace.common.core.config.TaskManagerOptions;
import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.error.Problem;
import io.millrace.common.core.id.Incarnation;
import io.millrace.common.core.time.SystemClock;
import io.millrace.common.metrics.MetricsServer;
import io.millrace.common.rpc.RpcAddress;
import io.millrace.common.rpc.RpcClient;
import io.millrace.taskmanager.server.metrics.TaskManagerMetrics;
import io.millrace.taskmanager.server.process.ClusterSurroundings;
import io.millrace.taskmanager.server.process.ScratchDirectory;
import io.millrace.taskmanager.server.process.TaskManagerProcess;
import io.millrace.taskmanager.server.process.TaskManagerSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The TaskManager's program: reads its settings, starts, and runs until it is told to end. */
public final class TaskManagerMain {
    private static final int EXIT_BAD_INPUT = 2;
    private static final long CLOSE_TIMEOUT_SECONDS = 8;
    private static final String LOGGING = "logback.configurationFile";

    private TaskManagerMain() {}

    public static void main(String[] arguments) {
        // Before the first logger is made: all programs of a distribution share one class path.
        if (System.getProperty(LOGGING) == null) {
            System.setProperty(LOGGING, "logback-taskmanager.xml");
        }
        try {
            run(arguments);
        } catch (MillraceException e) {
            System.err.println(e.problem().render());
            System.exit(EXIT_BAD_INPUT);
        }
    }

    private static void run(String[] arguments) {
        String home = System.getProperty("millrace.home");
        Configuration configuration = ProcessArguments.parse(arguments, home == null ? null : Path.of(home));
        Runtime machine = Runtime.getRuntime();
        String version = String.valueOf(TaskManagerMain.class.getPackage().getImplementationVersion());
        TaskManagerSettings settings = TaskManagerSettings.of(
                configuration,
                new TaskManagerSettings.Machine(
                        machine.availableProcessors(),
                        machine.maxMemory(),
                        new Incarnation(new SecureRandom().nextLong()),
                        version));
        RpcAddress jobManager = new RpcAddress(
                configuration.get(ClusterOptions.JOBMANAGER_HOST), configuration.get(ClusterOptions.JOBMANAGER_PORT));
        CountDownLatch ended = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        // Before anything is made that would be left behind if the process were told to end while it starts.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> endAndWait(ended, closed), "shutdown"));
        Optional<Problem> why;
        try {
            why = runUntil(ended, settings, configuration, jobManager);
        } finally {
            closed.countDown();
        }
        if (why.isPresent()) {
            throw why.get().asException();
        }
    }

    /** @return why the TaskManager ended by itself; empty if it was told to */
    private static Optional<Problem> runUntil(
            CountDownLatch ended, TaskManagerSettings settings, Configuration configuration, RpcAddress jobManager) {
        AtomicReference<@Nullable Problem> why = new AtomicReference<>();
        ScratchDirectory scratch = scratchDirectory();
        try (RpcClient client = new RpcClient(jobManager);
                TaskManagerProcess process = new TaskManagerProcess(
                        settings,
                        SystemClock.INSTANCE,
                        new ClusterSurroundings(client, scratch.path(), configuration),
                        new SecureRandom()::nextLong,
                        problem -> {
                            why.compareAndSet(null, problem);
                            ended.countDown();
                        });
                TaskManagerMetrics metrics = new TaskManagerMetrics(process, settings.slots());
                MetricsServer http = MetricsServer.start(
                        new InetSocketAddress(
                                configuration.get(TaskManagerOptions.BIND),
                                configuration.get(TaskManagerOptions.HTTP_PORT)),
                        metrics::scrape,
                        () -> process.link().registered())) {
            System.out.println("TaskManager " + process.address().taskManager() + " ready: data "
                    + process.address().host() + ":" + process.address().dataPort() + ", metrics port " + http.port()
                    + ", slots " + settings.slots());
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            close(scratch);
        }
        return Optional.ofNullable(why.get());
    }

    /** The process ends when its shutdown hooks have; so the hook waits until the main thread has closed everything. */
    private static void endAndWait(CountDownLatch ended, CountDownLatch closed) {
        ended.countDown();
        try {
            if (!closed.await(CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("The TaskManager did not close in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ScratchDirectory scratchDirectory() {
        try {
            return ScratchDirectory.below(Path.of(System.getProperty("java.io.tmpdir")));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make a temporary directory", e);
        }
    }

    private static void close(ScratchDirectory scratch) {
        try {
            scratch.close();
        } catch (IOException e) {
            System.err.println("Could not remove " + scratch.path() + ": " + e);
        }
    }
}

package io.millrace.jobmanager.server;

import io.millrace.common.checkpoint.s3.ObjectStorages;
import io.millrace.common.checkpoint.storage.DirectoryStorages;
import io.millrace.common.core.config.ClusterOptions;
import io.millrace.common.core.config.Configuration;
import io.millrace.common.core.config.ProcessArguments;
import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.time.SystemClock;
import io.millrace.common.metrics.MetricsServer;
import io.millrace.common.rpc.RpcAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** The JobManager's program: reads its settings, starts, and runs until it is told to end. */
public final class JobManagerMain {
    private static final int EXIT_BAD_INPUT = 2;
    private static final int EXIT_BUG = 70;
    private static final int BLOB_WORKERS = 2;
    private static final long CLOSE_TIMEOUT_SECONDS = 10;
    private static final String LOGGING = "logback.configurationFile";

    private JobManagerMain() {}

    public static void main(String[] arguments) {
        // Before the first logger is made: all programs of a distribution share one class path.
        if (System.getProperty(LOGGING) == null) {
            System.setProperty(LOGGING, "logback-jobmanager.xml");
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
        Path homeDirectory = home == null ? null : Path.of(home);
        Configuration configuration = ProcessArguments.parse(arguments, homeDirectory);
        String packaged = JobManagerMain.class.getPackage().getImplementationVersion();
        String version = packaged == null ? "development" : packaged;
        JobManagerSettings settings = JobManagerSettings.of(configuration, homeDirectory, version);
        RpcAddress http =
                new RpcAddress(settings.bind().host(), configuration.get(ClusterOptions.JOBMANAGER_HTTP_PORT));
        SecureRandom random = new SecureRandom();
        JobManager.Surroundings surroundings = new JobManager.Surroundings(
                SystemClock.INSTANCE,
                blobWorkers(),
                new ObjectStorages(new DirectoryStorages(() -> Long.toHexString(random.nextLong())), configuration),
                random::nextLong,
                failure -> Runtime.getRuntime().halt(EXIT_BUG));
        CountDownLatch told = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        try (JobManager jobManager = JobManager.start(settings, surroundings);
                MetricsServer metrics = MetricsServer.start(
                        http.toBind(settings.insecureAllowed()),
                        new JobManagerMetrics(jobManager::gauges)::scrape,
                        () -> true)) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> endAndWait(told, closed), "shutdown"));
            System.out.println("JobManager ready at " + jobManager.address() + ", metrics port " + metrics.port());
            told.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            closed.countDown();
        }
    }

    /** The process ends when its shutdown hooks have; so the hook waits until the main thread has closed everything. */
    private static void endAndWait(CountDownLatch told, CountDownLatch closed) {
        told.countDown();
        try {
            if (!closed.await(CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("The JobManager did not close in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ExecutorService blobWorkers() {
        return Executors.newFixedThreadPool(BLOB_WORKERS, task -> {
            Thread worker = new Thread(task, "millrace-blobs");
            worker.setDaemon(true);
            return worker;
        });
    }
}

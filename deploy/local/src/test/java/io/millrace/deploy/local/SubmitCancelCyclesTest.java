package io.millrace.deploy.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.client.cli.outcome.ExitCode;
import io.millrace.common.graph.execution.JobStatus;
import io.millrace.deploy.local.jobs.ChurnJob;
import io.millrace.deploy.local.jobs.Conduct;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Jobs come and go on one cluster, cancelled while they wait for each other, while they run freely, right after they
 * were submitted, or failed in user code: afterwards the cluster is as it was before.
 */
@Timeout(180)
final class SubmitCancelCyclesTest {
    private static final int CYCLES = 50;
    private static final int PARALLELISM = 4;
    private static final String OURS = "io.millrace.";

    /** Fewer than the least that 50 cycles could leave behind if each left one, more than what caches hold. */
    private static final int TOLERATED_OBJECTS = 40;

    private static final int TOLERATED_CLASSES = 200;
    private static final int TOLERATED_GRPC_THREADS = 10;

    /**
     * A JobManager keeps what is known of the last jobs that have ended (of their graphs the name: a graph kept whole
     * shows by its vertices), a data plane the names of the last channels that closed before their peer had opened
     * them; both up to a number that these cycles do not reach.
     */
    private static final List<String> KEPT = List.of(
            "io.millrace.jobmanager.",
            "io.millrace.common.graph.status.",
            "io.millrace.common.graph.JobGraph",
            "io.millrace.common.core.id.");

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static final List<Conduct> FAILURES =
            List.of(Conduct.values()).stream().filter(Conduct::fails).toList();

    @TempDir
    Path directory;

    @Test
    void fiftyCyclesLeaveNoThreadNoBufferAndNoClassLoaderBehind() throws Exception {
        Path jar = JobJars.ofPackage(ChurnJob.class, directory.resolve("churn.jar"));
        try (JarCluster cluster = new JarCluster(2, 2, directory)) {
            // What is made once and kept: connections, classes of the engine, the threads of pools.
            for (Conduct conduct : Conduct.values()) {
                cycle(cluster, jar, conduct, true);
            }
            cycle(cluster, jar, Conduct.FLOWING, false);
            awaitLoadersCollected(cluster);
            // An idle worker lives for some seconds: counted here it could hide another one.
            Footprint before = Footprint.of(cluster).without("millrace-worker");
            Map<String, Integer> objectsBefore = ClassHistogram.of(OURS);
            int classesBefore = loadedClasses();
            int grpcBefore = Footprint.grpcThreads();
            int madeBefore = cluster.loadersMade();

            for (int i = 0; i < CYCLES; i++) {
                plannedCycle(cluster, jar, i);
            }

            assertThat(cluster.loadersMade() - madeBefore)
                    .as("class loaders that the cycles made")
                    .isGreaterThan(CYCLES);
            awaitLoadersCollected(cluster);
            Eventually.await(
                    LIMIT,
                    "threads, buffers and tasks as before: " + before,
                    () -> Footprint.of(cluster).equals(before),
                    () -> Footprint.of(cluster));
            assertThat(grown(objectsBefore, ClassHistogram.of(OURS))).isEmpty();
            Eventually.await(
                    LIMIT,
                    "fewer than " + TOLERATED_CLASSES + " classes more than " + classesBefore,
                    () -> {
                        System.gc();
                        return loadedClasses() < classesBefore + TOLERATED_CLASSES;
                    },
                    SubmitCancelCyclesTest::loadedClasses);
            assertThat(Footprint.grpcThreads()).isLessThan(grpcBefore + TOLERATED_GRPC_THREADS);
        }
        Eventually.await(
                LIMIT,
                "no thread of the cluster",
                () -> Footprint.liveThreads().keySet().stream().noneMatch(name -> name.startsWith("millrace")),
                Footprint::liveThreads);
    }

    /** Half of the cycles under back-pressure, the others running freely, just submitted, or failing. */
    private static void plannedCycle(JarCluster cluster, Path jar, int number) throws Exception {
        if (number % 2 == 0) {
            cycle(cluster, jar, number % 20 == 0 ? Conduct.BLOCKED : Conduct.BACK_PRESSURED, true);
        } else if (number % 6 == 1) {
            cycle(cluster, jar, Conduct.FLOWING, true);
        } else if (number % 6 == 3) {
            cycle(cluster, jar, Conduct.FLOWING, false);
        } else {
            cycle(cluster, jar, FAILURES.get(number / 6 % FAILURES.size()), true);
        }
    }

    /** @param settled whether the job has got where its conduct leads before it is cancelled */
    private static void cycle(JarCluster cluster, Path jar, Conduct conduct, boolean settled) throws Exception {
        JarRun run = cluster.run(jar, ChurnJob.class.getName(), PARALLELISM, conduct.name());
        run.awaitSubmitted();
        if (conduct.fails()) {
            assertThat(run.awaitExitCode()).as(conduct.name()).isEqualTo(ExitCode.JOB_FAILED);
            assertThat(run.awaitEnd().failures().get(0).stackTrace()).contains("planned failure: " + conduct);
            return;
        }
        if (settled) {
            awaitSettled(cluster, conduct, run);
        }
        run.interrupt();
        assertThat(run.awaitExitCode()).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(run.awaitEnd().status()).isEqualTo(JobStatus.CANCELED);
    }

    private static void awaitSettled(JarCluster cluster, Conduct conduct, JarRun run) {
        if (conduct == Conduct.FLOWING) {
            Eventually.await(LIMIT, "records between tasks", () -> recordsIn(cluster) > 100_000, run::told);
        } else if (conduct == Conduct.BLOCKED) {
            Eventually.await(LIMIT, "a sink that waits", Conduct::isAnyWaiting, run::told);
        } else {
            Eventually.await(LIMIT, "back-pressure", () -> isBackPressured(cluster), run::told);
        }
    }

    private static long recordsIn(JarCluster cluster) {
        return cluster.taskManagers().stream()
                .flatMap(process -> process.statistics().stream())
                .mapToLong(task -> task.recordsIn())
                .sum();
    }

    private static boolean isBackPressured(JarCluster cluster) {
        return cluster.taskManagers().stream()
                .flatMap(process -> process.statistics().stream())
                .anyMatch(task -> task.blockedNanos() > 0);
    }

    private static void awaitLoadersCollected(JarCluster cluster) {
        Eventually.await(
                LIMIT,
                "no job's class loader alive",
                () -> {
                    System.gc();
                    return cluster.loadersAlive() == 0;
                },
                () -> cluster.loadersAlive() + " of " + cluster.loadersMade());
    }

    private static int loadedClasses() {
        return ManagementFactory.getClassLoadingMXBean().getLoadedClassCount();
    }

    private static List<String> grown(Map<String, Integer> before, Map<String, Integer> after) {
        List<String> grown = new ArrayList<>();
        after.forEach((name, count) -> {
            int more = count - before.getOrDefault(name, 0);
            if (more >= TOLERATED_OBJECTS && KEPT.stream().noneMatch(name::startsWith)) {
                grown.add(name + ": " + more + " more");
            }
        });
        return grown;
    }
}

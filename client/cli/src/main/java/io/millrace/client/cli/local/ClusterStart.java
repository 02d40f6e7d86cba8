package io.millrace.client.cli.local;

import io.millrace.client.cli.cluster.ClusterConnection;
import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.time.Clock;
import io.millrace.common.graph.status.ClusterStatus;
import io.millrace.common.graph.status.ClusterStatus.TaskManagerDetails;
import io.millrace.common.rpc.RpcError;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits until a cluster that was launched is ready: its JobManager answers and all its TaskManagers are registered. */
public final class ClusterStart {
    private static final long TIMEOUT_SECONDS = 30;
    private static final long POLL_MS = 10;

    private final LocalCluster cluster;
    private final CompletableFuture<?> stop;
    private final Clock clock;
    private final long deadline;

    private ClusterStart(LocalCluster cluster, CompletableFuture<?> stop, Clock clock) {
        this.cluster = cluster;
        this.stop = stop;
        this.clock = clock;
        this.deadline = clock.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
    }

    /**
     * Returns what the ready cluster is like; empty if {@code stop} completed before. Whatever else than a ready
     * cluster comes of it, no process is left.
     *
     * @throws MillraceException if a process ends or the time is up
     */
    public static Optional<ClusterStatus> awaitOrStop(LocalCluster cluster, CompletableFuture<?> stop, Clock clock)
            throws InterruptedException {
        boolean ready = false;
        try {
            Optional<ClusterStatus> status = new ClusterStart(cluster, stop, clock).await();
            ready = status.isPresent();
            return status;
        } finally {
            if (!ready) {
                cluster.stop();
            }
        }
    }

    private Optional<ClusterStatus> await() throws InterruptedException {
        while (!Ports.accepts(cluster.address())) {
            if (isStopped("the JobManager does not listen at " + cluster.address())) {
                return Optional.empty();
            }
        }
        try (ClusterConnection connection = new ClusterConnection(cluster.address())) {
            Optional<ClusterStatus> status = ask(connection);
            while (status.map(ClusterStart::registered).orElse(0L) < cluster.taskManagers()) {
                String state = status.map(known ->
                                registered(known) + " of " + cluster.taskManagers() + " TaskManagers registered")
                        .orElse("the JobManager does not answer at " + cluster.address());
                if (isStopped(state)) {
                    return Optional.empty();
                }
                status = ask(connection);
            }
            return status;
        }
    }

    private static long registered(ClusterStatus status) {
        return status.taskManagers().stream()
                .filter(TaskManagerDetails::connected)
                .count();
    }

    /** Empty while the JobManager accepts connections and does not answer yet. */
    private static Optional<ClusterStatus> ask(ClusterConnection connection) {
        try {
            return Optional.of(connection.status());
        } catch (MillraceException e) {
            if (e.code().equals(RpcError.CLUSTER_UNREACHABLE.name())) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Waits a moment. @return whether to give up */
    private boolean isStopped(String state) throws InterruptedException {
        cluster.requireAlive();
        if (clock.nanoTime() - deadline > 0) {
            throw cluster.timeout(TIMEOUT_SECONDS, state).asException();
        }
        try {
            stop.get(POLL_MS, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("Stopping does not fail", e);
        }
    }
}

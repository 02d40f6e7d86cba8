package io.millrace.client.cli.local;

import io.millrace.client.cli.outcome.CliError;
import io.millrace.common.core.error.Problem;
import io.millrace.common.core.time.Clock;
import io.millrace.common.core.time.SystemClock;
import io.millrace.common.rpc.RpcAddress;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The processes of a cluster on this machine. They run in the background, without a terminal, and outlive this process
 * unless they are stopped. For one thread.
 */
public final class LocalCluster {
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final long KILL_TIMEOUT_MS = 5_000;

    /**
     * A process that ignores these signals hands that on to the program it becomes, and the JVM keeps to it: so neither
     * Ctrl-C in the terminal nor the end of the terminal reaches the servers.
     */
    private static final String IN_BACKGROUND = "trap '' INT HUP; exec \"$@\"";

    private final ClusterPlan plan;
    private final RunDirectory directory;
    private final Clock clock;
    private final List<Child> children = new ArrayList<>();

    private record Child(ServerProcess noted, Process process) {}

    private LocalCluster(ClusterPlan plan, RunDirectory directory, Clock clock) {
        this.plan = plan;
        this.directory = directory;
        this.clock = clock;
    }

    /**
     * Starts all processes at once and returns while they start.
     *
     * @throws io.millrace.common.core.error.MillraceException if processes of an earlier start are alive, or a process
     *     cannot be started; none is left then
     */
    public static LocalCluster launch(ClusterPlan wanted) {
        RunDirectory directory = new RunDirectory(wanted.dataDirectory());
        List<ServerProcess> alive = directory.processes();
        if (!alive.isEmpty()) {
            throw Problem.of(CliError.CLUSTER_ALREADY_RUNNING, "A cluster runs already: " + alive.size() + " processes")
                    .at(directory.path().toString())
                    .because(describe(alive))
                    .fix("Stop it with 'millrace cluster stop', or start another with -D data.dir=... and other ports")
                    .asException();
        }
        Ports.requireFree(wanted.bindAddress());
        directory.create();
        ClusterPlan plan = wanted.jobManager().port() == 0
                ? wanted.withPort(Ports.free(wanted.bindAddress().host()))
                : wanted;
        LocalCluster cluster = new LocalCluster(plan, directory, SystemClock.INSTANCE);
        try {
            cluster.launchAll();
            return cluster;
        } catch (IOException e) {
            cluster.stopQuietly();
            throw Problem.of(CliError.CLUSTER_START_FAILED, "Cannot start " + plan.launcher())
                    .because(e.toString())
                    .fix("Check that the distribution is complete and its bin/millrace executable")
                    .asException(e);
        }
    }

    public RpcAddress address() {
        return plan.jobManager();
    }

    public int taskManagers() {
        return plan.taskManagers();
    }

    /**
     * Whether all processes are alive.
     *
     * @throws io.millrace.common.core.error.MillraceException with the reason from the log of one that has ended
     */
    public void requireAlive() {
        for (Child child : children) {
            if (!child.process.isAlive()) {
                Path log = directory.log(child.noted.name());
                throw StartFailure.of(child.noted.name(), child.process.exitValue(), log)
                        .asException();
            }
        }
    }

    /** What is known of a start that takes too long. */
    public Problem timeout(long seconds, String state) {
        return Problem.of(CliError.CLUSTER_START_TIMEOUT, "The cluster was not ready within " + seconds + " s")
                .because(state)
                .fix("Look at the logs in " + directory.path());
    }

    /** Stops every process that this start made; returns when they are gone. */
    public void stop() throws InterruptedException {
        List<ServerProcess> own = children.stream().map(Child::noted).toList();
        stop(own, directory, clock, GRACE);
    }

    /** @return how many processes an earlier start in this directory left, which are gone now */
    public static int stopAll(RunDirectory directory) throws InterruptedException {
        return stopAll(directory, GRACE);
    }

    /** @param grace how long a process may take to end by itself when it is asked to */
    static int stopAll(RunDirectory directory, Duration grace) throws InterruptedException {
        List<ServerProcess> alive = directory.processes();
        stop(alive, directory, SystemClock.INSTANCE, grace);
        return alive.size();
    }

    private static void stop(List<ServerProcess> processes, RunDirectory directory, Clock clock, Duration grace)
            throws InterruptedException {
        processes.forEach(ServerProcess::terminate);
        awaitEnds(processes, clock, grace.toMillis());
        processes.forEach(ServerProcess::kill);
        awaitEnds(processes, clock, KILL_TIMEOUT_MS);
        List<ServerProcess> left =
                processes.stream().filter(ServerProcess::isAlive).toList();
        processes.stream().filter(process -> !left.contains(process)).forEach(directory::forget);
        if (!left.isEmpty()) {
            throw Problem.of(CliError.PROCESS_NOT_STOPPED, "Cannot stop " + describe(left))
                    .fix("They belong to another user, or hang in the operating system: look with 'ps'")
                    .asException();
        }
        directory.forgetAddress();
    }

    private static void awaitEnds(List<ServerProcess> processes, Clock clock, long millis) throws InterruptedException {
        long deadline = clock.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (ServerProcess process : processes) {
            process.awaitEnd(clock, deadline);
        }
    }

    private void launchAll() throws IOException {
        launch(ClusterPlan.JOB_MANAGER, plan.jobManagerArguments());
        for (int number = 1; number <= plan.taskManagers(); number++) {
            launch(ClusterPlan.taskManagerName(number), plan.taskManagerArguments(number));
        }
        directory.noteAddress(plan.jobManager());
    }

    private void launch(String name, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", IN_BACKGROUND, "millrace"));
        command.addAll(arguments);
        File log = directory.newLog(name).toFile();
        Process process = new ProcessBuilder(command)
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
        Child child = new Child(ServerProcess.of(name, process), process);
        children.add(child);
        directory.note(child.noted);
    }

    private void stopQuietly() {
        children.forEach(child -> child.process.destroyForcibly());
        children.forEach(child -> directory.forget(child.noted));
    }

    private static String describe(List<ServerProcess> processes) {
        return String.join(
                ", ",
                processes.stream()
                        .map(process -> process.name() + " (pid " + process.pid() + ")")
                        .toList());
    }
}

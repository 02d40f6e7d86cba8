package io.millrace.deploy.local;

import io.millrace.client.cli.cluster.ClusterConnection;
import io.millrace.client.cli.jar.JobJar;
import io.millrace.client.cli.outcome.Interruption.Ending;
import io.millrace.client.cli.program.JobObserver;
import io.millrace.client.cli.program.JobSession;
import io.millrace.client.cli.program.ProgramSettings;
import io.millrace.client.cli.terminal.Terminal;
import io.millrace.common.core.id.JobId;
import io.millrace.common.core.time.SystemClock;
import io.millrace.common.graph.status.JobEnd;
import io.millrace.common.graph.status.JobSummary;
import io.millrace.common.graph.status.PrintedLines;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** One run of a program, attached to its job as {@code millrace run} is. */
final class JarRun implements JobObserver {
    private static final long LONGEST_SECONDS = 60;

    private final CompletableFuture<JobId> submitted = new CompletableFuture<>();
    private final CompletableFuture<JobEnd> ended = new CompletableFuture<>();
    private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
    private final CompletableFuture<Ending> stop = new CompletableFuture<>();
    private final List<String> printed = new CopyOnWriteArrayList<>();
    private final ByteArrayOutputStream told = new ByteArrayOutputStream();

    private JarRun() {}

    static JarRun start(ClusterConnection connection, Path jar, String main, int parallelism, List<String> arguments) {
        JarRun run = new JarRun();
        PrintStream stream = new PrintStream(run.told, true, StandardCharsets.UTF_8);
        JobSession session = new JobSession(
                connection,
                JobJar.open(jar, main),
                new ProgramSettings(arguments, parallelism, null, Map.of("restart.strategy", "none"), false),
                run,
                new Terminal(stream, stream, false, false, SystemClock.INSTANCE, ZoneOffset.UTC),
                run.stop);
        Thread thread = new Thread(() -> run.complete(session), "run of " + main);
        thread.setDaemon(true);
        thread.start();
        return run;
    }

    private void complete(JobSession session) {
        try {
            int code = session.run();
            submitted.completeExceptionally(new AssertionError("no job was submitted: " + told()));
            exitCode.complete(code);
        } catch (Throwable failure) {
            submitted.completeExceptionally(failure);
            exitCode.completeExceptionally(failure);
        }
    }

    JobId awaitSubmitted() throws Exception {
        return submitted.get(LONGEST_SECONDS, TimeUnit.SECONDS);
    }

    /** Ends the run as Ctrl-C does, which cancels its job. */
    void interrupt() {
        stop.complete(new Ending.Signal());
    }

    int awaitExitCode() throws Exception {
        return exitCode.get(LONGEST_SECONDS, TimeUnit.SECONDS);
    }

    /** How the job ended; also known where the run itself did not wait for it. */
    JobEnd awaitEnd() throws Exception {
        return ended.get(LONGEST_SECONDS, TimeUnit.SECONDS);
    }

    List<String> printed() {
        return List.copyOf(printed);
    }

    /** What was written to the terminal, apart from what the job printed. */
    String told() {
        return told.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void submitted(JobSummary job) {
        submitted.complete(job.job());
    }

    @Override
    public void progressed(JobSummary job) {
        // Tests ask where it matters.
    }

    @Override
    public void printed(PrintedLines lines) {
        printed.addAll(lines.lines());
    }

    @Override
    public void ended(JobId job, JobEnd end) {
        ended.complete(end);
    }
}

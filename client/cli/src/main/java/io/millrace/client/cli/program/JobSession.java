package io.millrace.client.cli.program;

import io.millrace.client.cli.cluster.ClusterConnection;
import io.millrace.client.cli.jar.JobJar;
import io.millrace.client.cli.jar.MainMethod;
import io.millrace.client.cli.outcome.CliError;
import io.millrace.client.cli.outcome.ExitCode;
import io.millrace.client.cli.outcome.Interruption.Ending;
import io.millrace.client.cli.terminal.Terminal;
import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.error.Problem;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One run of a program from the first line of its {@code main} to the end of its jobs. Jobs that the session is
 * attached to end with it: where the session is stopped or main throws, they are cancelled.
 */
public final class JobSession {
    private static final long CANCEL_TIMEOUT_SECONDS = 10;

    private final JobJar jar;
    private final ProgramSettings settings;
    private final ClusterExecutor executor;
    private final Terminal terminal;
    private final CompletableFuture<Ending> stop;

    /** @param stop completes to end the session before its jobs do */
    public JobSession(
            ClusterConnection cluster,
            JobJar jar,
            ProgramSettings settings,
            JobObserver observer,
            Terminal terminal,
            CompletableFuture<Ending> stop) {
        this.jar = jar;
        this.settings = settings;
        this.executor = new ClusterExecutor(
                cluster, () -> List.of(cluster.blobs().upload(jar.path())), settings.detached(), observer);
        this.terminal = terminal;
        this.stop = stop;
    }

    /**
     * Runs the program and waits for its jobs.
     *
     * @return an exit code; what went wrong was told the terminal or the observer
     * @throws MillraceException if there is no main that can be run
     */
    public int run() throws InterruptedException {
        try (MainThread main = MainThread.start(jar, settings, executor)) {
            await(main.end());
            if (stop.isDone()) {
                return stopped(stop.join());
            }
            Optional<Throwable> thrown = main.end().join();
            return thrown.isPresent() ? threw(thrown.get()) : returned();
        }
    }

    private int returned() throws InterruptedException {
        List<SubmittedJob> jobs = executor.jobs();
        if (jobs.isEmpty()) {
            return tell(Problem.of(CliError.NO_JOB_SUBMITTED, "The program ended without submitting a job")
                    .at(jar.mainClass() + ".main")
                    .fix("Call execute() on the StreamExecutionEnvironment at its end"));
        }
        if (settings.detached()) {
            return ExitCode.OK;
        }
        await(allEnds());
        return stop.isDone() ? stopped(stop.join()) : codeOfJobs();
    }

    private int threw(Throwable thrown) throws InterruptedException {
        boolean jobsReason = executor.jobs().stream().anyMatch(job -> job.isReason(thrown));
        int code = jobsReason ? codeOfJobs() : tellThrown(thrown);
        cancelLiveJobs();
        return code;
    }

    private int tellThrown(Throwable thrown) {
        if (thrown instanceof MillraceException coded) {
            int code = tell(coded.problem());
            if (terminal.verbose()) {
                terminal.note(UserStack.text(thrown));
            }
            return code;
        }
        if (thrown instanceof UnsupportedClassVersionError) {
            return tell(MainMethod.unusable(jar.mainClass(), thrown).problem());
        }
        boolean classMissing = thrown instanceof NoClassDefFoundError || thrown instanceof ClassNotFoundException;
        terminal.problem(Problem.of(CliError.MAIN_THREW, "The program's main ended with an exception")
                .at(UserStack.place(thrown).map(UserStack::describe).orElse(jar.mainClass() + ".main"))
                .because(thrown.toString())
                .fix(
                        classMissing
                                ? "Put the class into the jar: only millrace-api and slf4j are provided"
                                : "Correct the program; its stack follows"));
        terminal.note(UserStack.text(thrown));
        return executor.jobs().isEmpty() ? ExitCode.BAD_INPUT : ExitCode.JOB_FAILED;
    }

    private int stopped(Ending ending) throws InterruptedException {
        List<SubmittedJob> live = cancelLiveJobs();
        if (ending instanceof Ending.ProgramExit exit && (executor.jobs().isEmpty() || !live.isEmpty())) {
            terminal.problem(exitProblem(exit, live));
            return live.isEmpty() ? ExitCode.BAD_INPUT : ExitCode.JOB_FAILED;
        }
        return ending instanceof Ending.ProgramExit ? codeOfJobs() : ExitCode.INTERRUPTED;
    }

    private Problem exitProblem(Ending.ProgramExit exit, List<SubmittedJob> cancelled) {
        String what = cancelled.isEmpty()
                ? "The program called System.exit before it submitted a job"
                : "The program called System.exit while its job ran; the job was cancelled";
        return Problem.of(CliError.MAIN_EXITED, what)
                .at(UserStack.describe(exit.caller()))
                .fix("Return from main, or throw an exception that says what is wrong");
    }

    /** Cancels the jobs that this session is attached to and waits for their ends, a bounded time. */
    private List<SubmittedJob> cancelLiveJobs() throws InterruptedException {
        if (settings.detached()) {
            return List.of();
        }
        List<SubmittedJob> live =
                executor.jobs().stream().filter(job -> !job.end().isDone()).toList();
        for (SubmittedJob job : live) {
            terminal.note("Cancelling job " + job.getJobID() + " ...");
            cancel(job);
        }
        return live;
    }

    private void cancel(SubmittedJob job) throws InterruptedException {
        try {
            job.cancel().get(CANCEL_TIMEOUT_SECONDS, TimeUnit.SECONDS);
            job.end().get(CANCEL_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof MillraceException coded) {
                terminal.problem(coded.problem());
            } else {
                throw new IllegalStateException("Cancelling failed without a code", e.getCause());
            }
        } catch (TimeoutException e) {
            terminal.note("Job " + job.getJobID() + " is still being cancelled: see 'millrace status " + job.getJobID()
                    + "'");
        }
    }

    private int codeOfJobs() {
        int code = ExitCode.OK;
        for (SubmittedJob job : executor.jobs()) {
            if (job.end().isDone()) {
                code = Math.max(code, codeOf(job));
            }
        }
        return code;
    }

    private int codeOf(SubmittedJob job) {
        try {
            return switch (job.end().join().status()) {
                case FINISHED -> ExitCode.OK;
                default -> ExitCode.JOB_FAILED;
            };
        } catch (CompletionException e) {
            if (e.getCause() instanceof MillraceException coded) {
                return tell(coded.problem());
            }
            throw e;
        }
    }

    private CompletableFuture<?> allEnds() {
        return CompletableFuture.allOf(executor.jobs().stream()
                .map(job -> job.end().handle((end, failure) -> end))
                .toArray(CompletableFuture<?>[]::new));
    }

    private void await(CompletableFuture<?> future) throws InterruptedException {
        try {
            CompletableFuture.anyOf(future, stop).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Neither ends with an exception", e);
        }
    }

    private int tell(Problem problem) {
        terminal.problem(problem);
        return ExitCode.of(problem);
    }
}

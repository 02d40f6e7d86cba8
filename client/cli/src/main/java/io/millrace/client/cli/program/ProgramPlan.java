package io.millrace.client.cli.program;

import io.millrace.api.execution.JobClient;
import io.millrace.api.execution.JobExecutor;
import io.millrace.client.cli.jar.JobJar;
import io.millrace.client.cli.outcome.CliError;
import io.millrace.client.cli.outcome.Interruption.Ending;
import io.millrace.client.cli.outcome.Interruption.Ending.ProgramExit;
import io.millrace.common.core.error.MillraceException;
import io.millrace.common.core.error.Problem;
import io.millrace.common.graph.JobGraph;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;

/** Runs a program up to its first job, and takes that job's graph instead of submitting it. */
public final class ProgramPlan {
    private final JobJar jar;
    private final ProgramSettings settings;
    private final CompletableFuture<Ending> stop;

    /** @param stop completes to end the wait for the program */
    public ProgramPlan(JobJar jar, ProgramSettings settings, CompletableFuture<Ending> stop) {
        this.jar = jar;
        this.settings = settings;
        this.stop = stop;
    }

    /** Takes the first graph and ends the program there: what would follow may wait for a job that never runs. */
    private static final class FirstGraph implements JobExecutor {
        private final AtomicReference<Optional<JobGraph>> taken = new AtomicReference<>(Optional.empty());

        @Override
        public JobClient submit(JobGraph graph) {
            taken.compareAndSet(Optional.empty(), Optional.of(graph));
            throw new PlanTaken();
        }
    }

    /** Ends a program whose job is only looked at. */
    private static final class PlanTaken extends RuntimeException {
        private static final long serialVersionUID = 1L;

        PlanTaken() {
            super("The job is only checked, not run", null, false, false);
        }
    }

    /** @throws MillraceException if the program has no main, or ends before it submits a job */
    public JobGraph make() throws InterruptedException {
        FirstGraph executor = new FirstGraph();
        try (MainThread main = MainThread.start(jar, settings, executor)) {
            CompletableFuture.anyOf(main.end(), stop).get();
            Optional<JobGraph> graph = executor.taken.get();
            if (graph.isPresent()) {
                return graph.get();
            }
            throw stop.isDone() ? stopped(stop.join()) : ended(main.end().join());
        } catch (ExecutionException e) {
            throw new IllegalStateException("Neither ends with an exception", e);
        }
    }

    private MillraceException ended(Optional<Throwable> thrown) {
        if (thrown.isPresent() && thrown.get() instanceof MillraceException coded) {
            return coded;
        }
        return thrown.map(cause -> Problem.of(CliError.MAIN_THREW, "The program's main ended with an exception")
                        .at(UserStack.place(cause).map(UserStack::describe).orElse(jar.mainClass() + ".main"))
                        .because(cause.toString())
                        .fix("Correct the program")
                        .asException(cause))
                .orElseGet(() -> Problem.of(CliError.NO_JOB_SUBMITTED, "The program ended without submitting a job")
                        .at(jar.mainClass() + ".main")
                        .fix("Call execute() on the StreamExecutionEnvironment at its end")
                        .asException());
    }

    private static MillraceException stopped(Ending ending) {
        if (ending instanceof ProgramExit exit) {
            return Problem.of(CliError.MAIN_EXITED, "The program called System.exit before it submitted a job")
                    .at(UserStack.describe(exit.caller()))
                    .fix("Return from main, or throw an exception that says what is wrong")
                    .asException();
        }
        return Problem.of(CliError.INTERRUPTED, "Interrupted before the program submitted a job")
                .fix("Run it again")
                .asException();
    }
}

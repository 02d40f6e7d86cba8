package io.millrace.client.cli.program;

import io.millrace.api.execution.ExecutionContext;
import io.millrace.api.execution.JobExecutor;
import io.millrace.client.cli.jar.JobJar;
import io.millrace.client.cli.jar.MainMethod;
import io.millrace.common.core.loading.JobClassLoader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Runs a program's {@code main} on a thread of its own, in a class loader of its own, where
 * {@code getExecutionEnvironment()} finds the cluster. It is a daemon: a program that hangs does not keep the client.
 */
final class MainThread implements AutoCloseable {
    private final JobClassLoader loader;
    private final CompletableFuture<Optional<Throwable>> end = new CompletableFuture<>();

    private MainThread(JobClassLoader loader) {
        this.loader = loader;
    }

    /** @throws io.millrace.common.core.error.MillraceException if the class has no usable main; nothing has run then */
    static MainThread start(JobJar jar, ProgramSettings settings, JobExecutor executor) {
        ClassLoader engine = JobClassLoader.class.getClassLoader();
        MainThread program = new MainThread(
                new JobClassLoader(String.valueOf(jar.path().getFileName()), List.of(jar.url()), engine));
        try {
            MainMethod main = MainMethod.find(program.loader, jar.mainClass());
            ExecutionContext context = new ExecutionContext(
                    executor, settings.parallelism(), settings.jobName(), settings.settings(), settings.detached());
            Thread thread = new Thread(() -> program.run(main, settings.arguments(), context), "main of the job");
            thread.setContextClassLoader(program.loader);
            thread.setDaemon(true);
            thread.start();
            return program;
        } catch (RuntimeException e) {
            program.close();
            throw e;
        }
    }

    /** Completes when main is done: with what it threw, or empty if it returned. */
    CompletableFuture<Optional<Throwable>> end() {
        return end;
    }

    @Override
    public void close() {
        try {
            loader.close();
        } catch (IOException e) {
            throw new UncheckedIOException("A jar that could be opened can be closed", e);
        }
    }

    @SuppressWarnings("try") // the scope is only there to be closed
    private void run(MainMethod main, List<String> arguments, ExecutionContext context) {
        try (ExecutionContext.Scope scope = context.install()) {
            main.run(arguments.toArray(String[]::new));
            end.complete(Optional.empty());
        } catch (Throwable e) {
            end.complete(Optional.of(e));
        }
    }
}

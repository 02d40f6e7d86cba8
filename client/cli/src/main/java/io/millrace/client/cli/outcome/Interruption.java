package io.millrace.client.cli.outcome;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * How a command that has something to clean up hears that the process is about to end, by Ctrl-C, a signal or
 * {@code System.exit}: the end waits until the command is done, or a bound passes. Thread-safe.
 */
public final class Interruption {
    private final CompletableFuture<Ending> requested = new CompletableFuture<>();
    private final CompletableFuture<Integer> done = new CompletableFuture<>();
    private final CompletableFuture<Void> handled = new CompletableFuture<>();

    /** What ends the process. */
    public sealed interface Ending {

        /** Ctrl-C in the terminal, or a signal from another process. */
        record Signal() implements Ending {}

        /**
         * A call of {@code System.exit} in this process.
         *
         * @param caller where it was called
         */
        record ProgramExit(StackTraceElement caller) implements Ending {}
    }

    /** For a command: completes when the process shall end. From this call on the end waits for {@link #finish}. */
    public CompletableFuture<Ending> requested() {
        handled.complete(null);
        return requested;
    }

    /** Whether the command is done, so that the process ends in the usual way. */
    public boolean isFinished() {
        return done.isDone();
    }

    /** For the command's host: everything is cleaned up, and this is the exit code. */
    public void finish(int exitCode) {
        done.complete(exitCode);
    }

    /**
     * For the owner of the process: asks for the end and waits for it.
     *
     * @param seconds the longest wait
     * @return the exit code of the command; empty if none is cleaning up or it takes too long
     */
    public Optional<Integer> request(Ending ending, long seconds) {
        requested.complete(ending);
        if (!handled.isDone()) {
            return Optional.empty();
        }
        try {
            return Optional.of(done.get(seconds, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException | TimeoutException e) {
            return Optional.empty();
        }
    }
}
